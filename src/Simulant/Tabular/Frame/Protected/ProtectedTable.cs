using Simulant.Data;
using Simulant.Privacy.Mechanisms;
using Simulant.Specs;

namespace Simulant.Tabular.Frame.Protected;

/// <summary>A table as an engine of differential privacy sees it: its columns' cells, and rows it can only ask for at a price.</summary>
/// <param name="Target">The column that models will be trained to predict, or -1.</param>
/// <param name="RowsAsked">How many rows the spec declares; null leaves it to the paid counts.</param>
public sealed record ProtectedTable(IReadOnlyList<CellColumn> Columns, ProtectedRows Rows, int Target, long? RowsAsked);

/// <summary>An engine that learns of rows only through a <see cref="PrivacySession"/>.</summary>
public interface IProtectedEngine
{
    string Name { get; }

    EngineOptions Options { get; }

    /// <summary>Spends what the session has left, tells the number of rows through it, and models the columns' joint law.</summary>
    ITableModel Fit(ProtectedTable training, PrivacySession session, SpecMap? options, RunContext run);

    ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns);
}
