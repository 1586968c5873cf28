using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Simulant.Data;

namespace Simulant.Runs;

/// <summary>
/// Parts rows one by one: a row's part follows from what it says alone, or from its owner, so that adding or taking away one
/// moves no other. Shares are met in the mean only.
/// </summary>
internal static class StableSplit
{
    private const char Between = '\u001f', Missing = '\u001e';

    /// <param name="holdout">Share in (0, 1).</param>
    /// <param name="by">Column of the owner, whose rows stay together; null parts by whole rows.</param>
    public static SplitRows Divide(Table table, double holdout, string? by, ulong seed)
    {
        var columns = by is null ? table.Columns
            : [table.Find(by) ?? throw new DataException($"split.by names the column '{by}', which the source has not")];
        List<int> training = [], held = [];
        var text = new StringBuilder();
        for (int r = 0; r < table.RowCount; r++)
        {
            text.Clear().Append(seed).Append(Between);
            foreach (var column in columns)
            {
                if (column.IsMissing(r)) text.Append(Missing);
                else text.Append(ValueText.Format(column, r));
                text.Append(Between);
            }
            ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
            (hash < holdout * ulong.MaxValue ? held : training).Add(r);
        }
        return new SplitRows([.. training], [.. held], []);
    }
}
