namespace Simulant.Bench;

/// <summary>The repository that this program was built in.</summary>
internal static class Checkout
{
    /// <summary>The program as a user starts it.</summary>
    public static string Launcher => Path.Combine(Root(), "simulant");

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Simulant.slnx")))
                return folder.FullName;
        throw new InvalidOperationException("not inside a checkout");
    }
}
