namespace Simulant.Specs;

/// <summary>
/// Every code a spec diagnostic can carry. Each is explained in docs/guide/diagnostics.md and triggered by a test; both
/// are themselves tested. A code never changes its meaning and is never reused.
/// </summary>
public static class Codes
{
    public const string Unreadable = "SIM001";
    public const string YamlSyntax = "SIM002";
    public const string DuplicateKey = "SIM003";
    public const string TooLarge = "SIM004";
    public const string NotOneDocument = "SIM005";
    public const string UnsupportedYaml = "SIM006";
    public const string UnsupportedVersion = "SIM009";
    public const string UnknownKey = "SIM010";
    public const string MissingKey = "SIM011";
    public const string WrongType = "SIM012";
    public const string BadValue = "SIM013";
    public const string UnknownColumn = "SIM014";
    public const string NotAvailable = "SIM015";
    public const string UnknownEngine = "SIM016";
    public const string UnknownMetric = "SIM017";
    public const string Contradiction = "SIM018";
    public const string DuplicateName = "SIM019";
    public const string ExpressionToken = "SIM020";
    public const string ExpressionSyntax = "SIM021";
    public const string ExpressionTooLarge = "SIM022";
    public const string UnknownFunction = "SIM023";
    public const string FunctionArguments = "SIM024";
    public const string ExpressionType = "SIM025";
    public const string ConstraintSyntax = "SIM030";
    public const string GateSyntax = "SIM031";
    public const string SchemaSyntax = "SIM040";
    public const string SchemaContent = "SIM041";
    public const string RepeatedIdentifier = "SIM050";
    public const string Unanchored = "SIM051";
}
