using System.Security.Cryptography;
using System.Text;

namespace Simulant.Privacy.Mechanisms;

/// <summary>
/// Keeps a bounded number of rows of each unit; which ones is a matter of that unit's rows and of chance alone: each row's rank
/// follows from a secret of this run, its owner and its place among the owner's rows.
/// </summary>
internal static class Contributions
{
    /// <param name="owners">Of each row; a row without an owner is a unit of its own.</param>
    /// <returns>The rows kept, ascending.</returns>
    public static int[] Keep(IReadOnlyList<string?> owners, int bound, INoiseSource noise)
    {
        byte[] secret = new byte[32];
        noise.Fill(secret);
        var kept = new List<int>();
        var rowsOf = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int r = 0; r < owners.Count; r++)
        {
            if (owners[r] is not { } owner) kept.Add(r);
            else if (rowsOf.TryGetValue(owner, out var rows)) rows.Add(r);
            else rowsOf.Add(owner, [r]);
        }
        foreach (var (owner, rows) in rowsOf)
        {
            byte[] name = Encoding.UTF8.GetBytes(owner);
            kept.AddRange(rows.Select((row, place) => (Row: row, Rank: Rank(secret, name, place)))
                .OrderBy(r => r.Rank).Take(bound).Select(r => r.Row));
        }
        return [.. kept.Order()];
    }

    private static UInt128 Rank(byte[] secret, byte[] owner, int place)
    {
        byte[] hash = HMACSHA256.HashData(secret, (byte[])[.. BitConverter.GetBytes(place), .. owner]);
        return new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash, 8));
    }
}
