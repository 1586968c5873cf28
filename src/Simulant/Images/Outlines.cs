namespace Simulant.Images;

/// <summary>The pixels that outlines hold.</summary>
internal static class Outlines
{
    /// <summary>Calls for each pixel whose middle lies inside an odd number of times, rows first.</summary>
    public static void Fill(IReadOnlyList<Spot[]> outlines, int width, int height, Action<int> pixel)
    {
        var crossings = new List<double>();
        for (int y = 0; y < height; y++)
        {
            crossings.Clear();
            double at = y + 0.5;
            foreach (var outline in outlines)
                for (int i = 0; i < outline.Length; i++)
                {
                    var (a, b) = (outline[i], outline[(i + 1) % outline.Length]);
                    if (a.Y <= at != b.Y <= at) crossings.Add(a.X + (b.X - a.X) * (at - a.Y) / (b.Y - a.Y));
                }
            crossings.Sort();
            for (int i = 0; i + 1 < crossings.Count; i += 2)
            {
                int left = (int)Math.Clamp(Math.Ceiling(crossings[i] - 0.5), 0, width);
                int right = (int)Math.Clamp(Math.Ceiling(crossings[i + 1] - 0.5), 0, width);
                for (int x = left; x < right; x++) pixel(y * width + x);
            }
        }
    }
}
