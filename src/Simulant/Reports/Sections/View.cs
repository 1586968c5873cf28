using Simulant.Data;
using Simulant.Provenance;
using Simulant.Validation;

namespace Simulant.Reports.Sections;

/// <summary>One set as its sections see it, with how much they may draw.</summary>
/// <param name="Prefix">Before every id, so that several sets share a page.</param>
internal sealed record View(ReportModel Model, ReportSet Set, string Prefix, Budget Budget)
{
    public ValidationResult Result => Set.Result;

    public bool HasHoldout => Result.Rows.Holdout > 0;

    public string Id(string section) => Prefix + section;

    public ColumnKind KindOf(ColumnComparison column)
    {
        int at = Model.Schema?.IndexOf(column.Name) ?? -1;
        return at >= 0 ? Model.Schema!.Columns[at].Kind : column.IsNumeric ? ColumnKind.Decimal : ColumnKind.Category;
    }

    public static string Name(string text) => PlainText.Name(text, 60);
}

/// <summary>How much of each kind is drawn; what is left out is counted in words. Halved until the page is small enough.</summary>
internal sealed record Budget(double Share)
{
    public int Cards => Scaled(48);
    public int Worst => Math.Max(3, Scaled(12));
    public int Matrix => Scaled(PairTrends.MostDrawn);
    public int Classes => Scaled(24);
    public int Lines => Scaled(120);
    public bool DrawDots => Share > .05;

    private int Scaled(int most) => Math.Max(2, (int)(most * Math.Min(1, Share)));
}
