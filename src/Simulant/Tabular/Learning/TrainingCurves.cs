using Simulant.Data;

namespace Simulant.Tabular.Learning;

/// <summary>A training curve as bytes of a model: see <see cref="TrainingCurve"/>.</summary>
internal static class TrainingCurves
{
    public static void Write(TrainingCurve curve, BinaryWriter to)
    {
        to.Write(curve.Epochs);
        to.Write(curve.Kept);
        to.Write(curve.Ending);
        to.Write(curve.Series.Count);
        foreach (var series in curve.Series)
        {
            to.Write(series.Name);
            to.Write((byte)series.Kind);
            foreach (double value in series.Values) to.Write(value);
        }
        to.Write(curve.Events.Count);
        foreach (var happened in curve.Events)
        {
            to.Write(happened.Epoch);
            to.Write(happened.Text);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no curve.</exception>
    public static TrainingCurve Read(BinaryReader from)
    {
        int epochs = from.ReadInt32(), kept = from.ReadInt32();
        string ending = from.ReadString();
        int count = from.ReadInt32();
        if (epochs < 0 || epochs > 10_000_000 || kept < 0 || kept > epochs || count is < 0 or > 1000)
            throw new InvalidDataException("the training curve is damaged");
        var series = new List<TrainingSeries>();
        for (int s = 0; s < count; s++)
        {
            string name = from.ReadString();
            var kind = (SeriesKind)from.ReadByte();
            if (!Enum.IsDefined(kind)) throw new InvalidDataException("the training curve is damaged");
            var values = new List<double>();
            for (int e = 0; e <= epochs; e++) values.Add(from.ReadDouble());
            series.Add(new TrainingSeries(name, kind, values));
        }
        var events = new List<TrainingEvent>();
        for (int left = from.ReadInt32(); left > 0; left--) events.Add(new TrainingEvent(from.ReadInt32(), from.ReadString()));
        return new TrainingCurve(series, events) { Epochs = epochs, Kept = kept, Ending = ending };
    }
}
