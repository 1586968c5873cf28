using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Text.Records;

/// <summary>A recipe that needs no language model: record i is a pure function of (options, number of records, seed, i).</summary>
public interface IRecordRecipe
{
    /// <summary>As the spec's <c>recipe</c> names it.</summary>
    string Name { get; }

    /// <summary>The options it declares.</summary>
    EngineOptions Options { get; }

    /// <summary>The fields of its records, in output order.</summary>
    IReadOnlyList<ColumnSchema> Columns { get; }

    /// <summary>Which of them say what; null where no layout but plain fields makes sense.</summary>
    RecordRoles? Roles { get; }

    /// <summary>Adds the faults that the options' own kinds and ranges do not show, before anything is made.</summary>
    /// <param name="values">The options as read.</param>
    /// <param name="given">The map as the spec wrote it, for places; null where there is none.</param>
    /// <param name="records">Records asked for; 0 where that is not known yet.</param>
    /// <param name="faults">Where faults go.</param>
    void Check(OptionValues values, SpecMap? given, long records, DiagnosticBag faults);

    /// <summary>The records, all of them addressable; only under options that <see cref="Check"/> finds no fault in.</summary>
    IRecordSource Open(OptionValues values, long records, ulong seed);
}

/// <summary>The records of one recipe under one seed. Any thread may ask for any record.</summary>
public interface IRecordSource
{
    /// <summary>Does what some records take much time for, such as running code; <see cref="Write"/> is quick after it. Asked before any of
    /// these records are; it adds nothing that a record depends on.</summary>
    /// <param name="items">The records that are wanted next.</param>
    /// <param name="run">Threads, and the token that ends it.</param>
    void Prepare(ItemRange items, RunContext run)
    {
    }

    /// <summary>Fills in a record's fields.</summary>
    /// <param name="record">From 0.</param>
    /// <param name="row">Takes the fields; all are missing before.</param>
    void Write(long record, RecordRow row);
}

/// <summary>The fields of one record, by their place among the recipe's columns.</summary>
public sealed class RecordRow(int columns)
{
    private readonly string?[] _texts = new string?[columns];
    private readonly double[] _numbers = new double[columns];

    public string? Text(int column) => _texts[column];

    public double Number(int column) => _numbers[column];

    public void Set(int column, string? text) => _texts[column] = text;

    public void Set(int column, double number) => _numbers[column] = number;

    /// <summary>Makes all fields missing.</summary>
    public void Clear()
    {
        Array.Clear(_texts);
        Array.Fill(_numbers, double.NaN);
    }
}
