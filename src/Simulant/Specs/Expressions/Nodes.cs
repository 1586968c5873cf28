namespace Simulant.Specs.Expressions;

internal enum Operator { Add, Subtract, Multiply, Divide, Modulo, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>A parsed expression before names and types are known. <paramref name="At"/> is an offset into the text.</summary>
internal abstract record Node(int At)
{
    /// <summary>Height of the tree below, so that walks can be recursive without fear of the stack.</summary>
    public virtual int Depth => 1;

    /// <summary>Operands in the order they are written.</summary>
    public virtual IReadOnlyList<Node> Children => [];
}

/// <param name="Text">As written, sign included.</param>
internal sealed record NumberNode(double Value, string Text, int At) : Node(At);

internal sealed record TextNode(string Value, int At) : Node(At);

internal sealed record TruthNode(bool Value, int At) : Node(At);

internal sealed record MissingNode(int At) : Node(At);

internal sealed record ColumnNode(string Name, bool DoubleQuoted, int At) : Node(At);

internal sealed record NegateNode(Node Operand, int At) : Node(At)
{
    public override int Depth { get; } = Operand.Depth + 1;
    public override IReadOnlyList<Node> Children => [Operand];
}

internal sealed record NotNode(Node Operand, int At) : Node(At)
{
    public override int Depth { get; } = Operand.Depth + 1;
    public override IReadOnlyList<Node> Children => [Operand];
}

/// <summary>Arithmetic of two operands.</summary>
internal sealed record BinaryNode(Operator Operator, Node Left, Node Right, int At) : Node(At)
{
    public override int Depth { get; } = Math.Max(Left.Depth, Right.Depth) + 1;
    public override IReadOnlyList<Node> Children => [Left, Right];
}

/// <summary>
/// <c>a &lt; b &lt;= c</c>: each neighbouring pair is compared and all must hold; one more operand than operators. A chain is one
/// node so that its inner operands are evaluated once.
/// </summary>
internal sealed record ChainNode(IReadOnlyList<Node> Operands, IReadOnlyList<Operator> Operators, int At) : Node(At)
{
    public override int Depth { get; } = Operands.Max(o => o.Depth) + 1;
    public override IReadOnlyList<Node> Children => Operands;
}

/// <summary>A conjunction (<paramref name="All"/>) or disjunction of two parts or more.</summary>
internal sealed record LogicNode(bool All, IReadOnlyList<Node> Parts, int At) : Node(At)
{
    public override int Depth { get; } = Parts.Max(p => p.Depth) + 1;
    public override IReadOnlyList<Node> Children => Parts;
}

internal sealed record InNode(Node Operand, IReadOnlyList<Node> Items, bool Negated, int At) : Node(At)
{
    public override int Depth { get; } = Math.Max(Operand.Depth, Items.Max(i => i.Depth)) + 1;
    public override IReadOnlyList<Node> Children => [Operand, .. Items];
}

internal sealed record BetweenNode(Node Operand, Node Low, Node High, bool Negated, int At) : Node(At)
{
    public override int Depth { get; } = Math.Max(Operand.Depth, Math.Max(Low.Depth, High.Depth)) + 1;
    public override IReadOnlyList<Node> Children => [Operand, Low, High];
}

internal sealed record IsMissingNode(Node Operand, bool Negated, int At) : Node(At)
{
    public override int Depth { get; } = Operand.Depth + 1;
    public override IReadOnlyList<Node> Children => [Operand];
}

internal sealed record LikeNode(Node Operand, string Pattern, bool Negated, int At) : Node(At)
{
    public override int Depth { get; } = Operand.Depth + 1;
    public override IReadOnlyList<Node> Children => [Operand];
}

internal sealed record CallNode(string Function, IReadOnlyList<Node> Arguments, int At) : Node(At)
{
    public override int Depth { get; } = (Arguments.Count == 0 ? 0 : Arguments.Max(a => a.Depth)) + 1;
    public override IReadOnlyList<Node> Children => Arguments;
}
