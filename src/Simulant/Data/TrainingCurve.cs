namespace Simulant.Data;

/// <summary>A sampler, or a model inside one, that was trained in epochs and kept the account of it.</summary>
public interface ITrained
{
    /// <summary>Null where nothing was trained.</summary>
    TrainingCurve? Training { get; }
}

public enum SeriesKind
{
    /// <summary>What training makes small; not finite means that it went astray.</summary>
    Loss,

    /// <summary>What else is worth watching, such as the share of modes that are covered.</summary>
    Diagnostic,
}

/// <summary>One quantity by epoch.</summary>
/// <param name="Values">Index 0 is before the first epoch, index e after epoch e; NaN where it was not measured.</param>
public sealed record TrainingSeries(string Name, SeriesKind Kind, IReadOnlyList<double> Values);

/// <summary>Something that happened in an epoch, in a sentence without a full stop.</summary>
/// <param name="Epoch">Counted from 1; 0 is before the first.</param>
public sealed record TrainingEvent(int Epoch, string Text);

/// <summary>
/// How training went: kept in the model and shown in the report. It holds no clock, so equal fits have equal curves.
/// </summary>
public sealed record TrainingCurve(IReadOnlyList<TrainingSeries> Series, IReadOnlyList<TrainingEvent> Events)
{
    /// <summary>Epochs that were done.</summary>
    public required int Epochs { get; init; }

    /// <summary>The epoch whose weights were kept; 0 means those from before the first.</summary>
    public required int Kept { get; init; }

    /// <summary>Why it ended, in a few words.</summary>
    public required string Ending { get; init; }

    /// <summary>A rollback, or another sign that training did not go as it should.</summary>
    public bool HasWarnings => Events.Any(e => e.Text.StartsWith(Warning, StringComparison.Ordinal));

    /// <summary>What the text of a warning begins with.</summary>
    public const string Warning = "warning: ";
}
