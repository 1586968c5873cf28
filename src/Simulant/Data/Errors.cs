namespace Simulant.Data;

/// <summary>The user's data is at fault: missing, unreadable, ragged, empty. Exit code 3.</summary>
public sealed class DataException : Exception
{
    public DataException(string message, string? file = null, long? row = null, string? column = null, Exception? inner = null)
        : base(message, inner)
    {
        File = file;
        Row = row;
        Column = column;
    }

    public string? File { get; }

    /// <summary>1-based line or row in the file, where known.</summary>
    public long? Row { get; }

    public string? Column { get; }
}

/// <summary>There is not enough left to pay for an answer about protected rows, or the books of it cannot be kept. Exit code 4.</summary>
public sealed class PrivacyBudgetException(string message) : Exception(message);
