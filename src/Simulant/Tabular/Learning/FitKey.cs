using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Simulant.Specs;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Learning;

/// <summary>A name for all that determines what an engine learns: itself, its options as used, the seed and every value.</summary>
internal static class FitKey
{
    /// <summary>SHA-256, 64 lower-case hexadecimal digits.</summary>
    public static string Of(ITableModelEngine engine, SpecMap? options, ModelTable training, ulong seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // A length before each text keeps two texts from passing for one.
        void Text(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
        Text(engine.Name);
        foreach (var (name, value) in engine.Options.Read(options).AsUsed)
        {
            Text(name);
            Text(value);
        }
        Text(string.Create(CultureInfo.InvariantCulture, $"{seed} {training.Rows} {training.Target} {training.Columns.Count}"));
        Text(string.Join(' ', training.ConditionedFirst));
        for (int c = 0; c < training.Columns.Count; c++)
        {
            var column = training.Columns[c];
            Text(column.Name);
            Text(string.Create(CultureInfo.InvariantCulture, $"{column.Levels} {column.Ordered} {column.Step:R} {column.AtomsOnly}"));
            hash.AppendData(MemoryMarshal.AsBytes(training.Values[c].AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
