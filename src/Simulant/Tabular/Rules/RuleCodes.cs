namespace Simulant.Tabular.Rules;

/// <summary>Codes of faults in rules, explained in docs/guide/diagnostics.md.</summary>
public static class RuleCodes
{
    public const string NoRule = "SIM201";
    public const string UnknownOption = "SIM202";
    public const string BadParameter = "SIM203";
    public const string UnknownRule = "SIM204";
    public const string Cycle = "SIM205";
    public const string UnknownReference = "SIM206";
    public const string SeveralRules = "SIM207";
    public const string MixedValues = "SIM208";
    public const string EmptyRange = "SIM209";
    public const string Machine = "SIM210";
    public const string NotByRules = "SIM211";
    public const string Counts = "SIM212";
    public const string Exhausted = "SIM213";
    public const string BadPattern = "SIM214";
    public const string NoColumns = "SIM215";
}
