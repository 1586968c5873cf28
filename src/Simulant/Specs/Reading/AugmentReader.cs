namespace Simulant.Specs.Reading;

/// <summary>Reads <c>augment</c>: a list of operations, or a map with that list under <c>steps</c>.</summary>
internal static class AugmentReader
{
    public static AugmentSpec? Read(Fields root, DiagnosticBag faults)
    {
        if (root.Node("augment") is not { } node) return null;
        var at = root.KeyAt("augment");
        if (node is SpecList list) return new(1, null, list, at);
        if (node is not SpecMap map)
        {
            root.Wrong<SpecNode>(node, "augment");
            return null;
        }
        var fields = new Fields(map, SpecKeys.Augment, faults);
        var layout = fields.Scalar("layout");
        if (layout is not null && !AugmentSpec.Layouts.Contains(layout.Text))
            faults.Error(Codes.BadValue, layout.At, Nearest.Unknown("layout", layout.Text, AugmentSpec.Layouts));
        return fields.List("steps") is { } steps ? new((int)(fields.Integer("copies") ?? 1), layout?.Text, steps, at) : null;
    }
}
