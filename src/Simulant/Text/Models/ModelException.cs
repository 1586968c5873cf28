namespace Simulant.Text.Models;

/// <summary>Why a request brought no answer.</summary>
public enum FaultKind
{
    /// <summary>The server asks for fewer requests (429).</summary>
    RateLimited,

    /// <summary>The server failed (5xx).</summary>
    Server,

    /// <summary>No reply within the time allowed.</summary>
    Timeout,

    /// <summary>No connection, or one that broke.</summary>
    Network,

    /// <summary>A reply that is not what the protocol says.</summary>
    BadReply,

    /// <summary>The server will not do this request, now or later (4xx).</summary>
    Refused,

    /// <summary>The server will do none of our requests: a wrong key, an unknown model.</summary>
    Forbidden,

    /// <summary>Only recorded answers were allowed, and there is none.</summary>
    NotRecorded,
}

/// <summary>A request brought no answer. The message is one line and holds no key.</summary>
public sealed class ModelException(FaultKind kind, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public FaultKind Kind { get; } = kind;

    /// <summary>How long the server asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Passing => Kind is FaultKind.RateLimited or FaultKind.Server or FaultKind.Timeout or FaultKind.Network
        or FaultKind.BadReply;

    /// <summary>As accounts list it.</summary>
    public string Rule => Kind switch
    {
        FaultKind.RateLimited => "rate limited",
        FaultKind.Server => "server error",
        FaultKind.Timeout => "timed out",
        FaultKind.Network => "no connection",
        FaultKind.BadReply => "broken reply",
        FaultKind.Refused => "refused by the server",
        FaultKind.Forbidden => "forbidden by the server",
        _ => "not recorded",
    };
}
