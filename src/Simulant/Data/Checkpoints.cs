namespace Simulant.Data;

/// <summary>
/// Where a long fit leaves its state from time to time, so that one that was killed goes on behind it. What is stored never
/// changes what a fit gives, only how much of it is done again.
/// </summary>
public interface ICheckpoints
{
    /// <summary>Nowhere.</summary>
    static ICheckpoints None { get; } = new NoCheckpoints();

    /// <summary>Those of one fit among several of a run.</summary>
    /// <param name="key">Names all that determines the fit (data, options, seed); asked for when it is first needed.</param>
    ICheckpoints For(Func<string> key);

    /// <summary>Whether enough time has passed since the last that another is worth what it costs.</summary>
    bool Due { get; }

    /// <summary>Stores the state in the place of the last.</summary>
    void Store(Action<Stream> write);

    /// <summary>
    /// Hands the last whole state to <paramref name="read"/>; false where there is none, or where reading it throws
    /// <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/>: then training starts from its beginning.
    /// </summary>
    bool Restore(Action<Stream> read);

    private sealed class NoCheckpoints : ICheckpoints
    {
        public bool Due => false;
        public ICheckpoints For(Func<string> key) => this;
        public void Store(Action<Stream> write) { }
        public bool Restore(Action<Stream> read) => false;
    }
}
