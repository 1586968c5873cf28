namespace Simulant.Runs;

/// <summary>
/// The one place where the time of day enters; results never depend on it, manifests name it outside the hashed part.
/// </summary>
public interface IClock
{
    DateTimeOffset Now { get; }
}

/// <summary>The computer's clock, in UTC.</summary>
public sealed class SystemClock : IClock
{
    public static readonly SystemClock Instance = new();

    public DateTimeOffset Now => DateTimeOffset.UtcNow;
}
