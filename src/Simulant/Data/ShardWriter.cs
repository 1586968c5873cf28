namespace Simulant.Data;

/// <summary>
/// Writes one data file, row batch by row batch. The same rows give the same bytes, however they are cut into batches. The
/// caller owns the stream, its name, its flush to disk and its rename; a failure of the stream comes out as it is, and what
/// was written then is no file.
/// </summary>
public abstract class ShardWriter : IDisposable
{
    /// <summary>Rows appended so far.</summary>
    public long Rows { get; protected set; }

    /// <summary>Appends rows; the columns are those of the schema the writer was made for, in its order.</summary>
    public abstract void Append(Table rows);

    /// <summary>Writes what is still held and the file's end; nothing may be appended after it.</summary>
    public abstract void Complete();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) { }
}
