namespace Simulant.Scenes.Formats.Clouds;

/// <summary>A named number of every point.</summary>
/// <param name="Name">Without spaces.</param>
/// <param name="Values">float[], double[], sbyte[], byte[], short[], ushort[], int[] or uint[].</param>
public sealed record CloudField(string Name, Array Values);

/// <summary>Points as columns: usually x, y, z in metres and what else is known of each.</summary>
public sealed class PointCloud
{
    private static readonly Type[] Known = [typeof(float), typeof(double), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort),
        typeof(int), typeof(uint)];

    /// <exception cref="ArgumentException">Fields differ in length, have no or one name, or hold other numbers.</exception>
    public PointCloud(params IReadOnlyList<CloudField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count == 0) throw new ArgumentException("a cloud has at least one field", nameof(fields));
        foreach (var field in fields)
        {
            if (field.Name.Length == 0 || field.Name.Any(c => c is <= ' ' or > '~'))
                throw new ArgumentException($"'{field.Name}' is no name of a field", nameof(fields));
            if (!Known.Contains(field.Values.GetType().GetElementType()))
                throw new ArgumentException($"field {field.Name} holds {field.Values.GetType().Name}", nameof(fields));
            if (field.Values.Length != fields[0].Values.Length)
                throw new ArgumentException($"field {field.Name} has {field.Values.Length} values of {fields[0].Values.Length}",
                nameof(fields));
        }
        if (fields.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count() != fields.Count)
            throw new ArgumentException("two fields have one name", nameof(fields));
        Fields = fields;
    }

    public IReadOnlyList<CloudField> Fields { get; }

    public int Count => Fields[0].Values.Length;

    /// <summary>The numbers of a field; null where there is none of the name and kind.</summary>
    public T[]? Of<T>(string name) => Fields.FirstOrDefault(f => f.Name == name)?.Values as T[];
}
