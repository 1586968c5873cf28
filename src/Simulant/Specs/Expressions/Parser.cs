namespace Simulant.Specs.Expressions;

/// <summary>
/// Recursive descent. From weakest to strongest: or; and; not; comparisons, in, between, like, is missing; + -; * / %;
/// minus sign. The first fault ends the parse: the cursor jumps to the end, every loop sees it and returns.
/// </summary>
internal sealed class Parser(string source, List<Token> tokens, Action<string, int, string> fault)
{
    /// <summary>Nesting of brackets, nots and signs; bounds the parser's own recursion.</summary>
    public const int MaxNesting = 100;

    /// <summary>Height of the tree; bounds every later walk.</summary>
    public const int MaxDepth = 1000;

    private int _index;
    private int _nesting;
    private bool _failed;

    private Token Current => tokens[_index];

    /// <summary>The tree, or null after a fault.</summary>
    public Node? Run()
    {
        if (Current.Kind == TokenKind.End)
        {
            fault(Codes.ExpressionSyntax, 0, "the expression is empty");
            return null;
        }
        var node = Or();
        if (!_failed && Current.Kind != TokenKind.End)
        {
            Fail(Current.Kind is TokenKind.Close
                ? "')' closes nothing"
                : $"expected an operator or the end, found {Describe(Current)}");
        }
        return _failed ? null : node;
    }

    private Node Or() => Logic(false, TokenKind.Or, () => Logic(true, TokenKind.And, Not));

    private Node Logic(bool all, TokenKind separator, Func<Node> part)
    {
        int at = Current.Start;
        var first = part();
        if (Current.Kind != separator) return first;
        var parts = new List<Node> { first };
        while (Accept(separator)) parts.Add(part());
        return Limit(new LogicNode(all, parts, at));
    }

    private Node Not()
    {
        int at = Current.Start;
        if (!Accept(TokenKind.Not)) return Comparison();
        return Nested(() => Limit(new NotNode(Not(), at)));
    }

    private Node Comparison()
    {
        var left = Additive();
        while (true)
        {
            int at = Current.Start;
            if (Accept(TokenKind.Is))
            {
                bool isNot = Accept(TokenKind.Not);
                if (!Accept(TokenKind.Missing)) return Fail($"expected 'missing' after 'is', found {Describe(Current)}");
                left = Limit(new IsMissingNode(left, isNot, at));
                continue;
            }
            bool negated = Current.Kind == TokenKind.Not
                && tokens[_index + 1].Kind is TokenKind.In or TokenKind.Between or TokenKind.Like;
            if (negated) _index++;
            if (Accept(TokenKind.In)) left = In(left, negated, at);
            else if (Accept(TokenKind.Between)) left = Between(left, negated, at);
            else if (Accept(TokenKind.Like)) left = Like(left, negated, at);
            else if (ComparisonOf(Current.Kind) is not null) left = Chain(left);
            else return left;
        }
    }

    /// <summary><c>17 &lt;= age &lt;= 90</c> reads as a person reads it.</summary>
    private Node Chain(Node left)
    {
        int at = Current.Start;
        var operands = new List<Node> { left };
        var operators = new List<Operator>();
        while (ComparisonOf(Current.Kind) is { } op)
        {
            _index++;
            if (Current.Kind is TokenKind.Equal or TokenKind.Less or TokenKind.Greater)
                return Fail($"'{tokens[_index - 1].Value}{Current.Value}' is not an operator");
            operators.Add(op);
            operands.Add(Additive());
        }
        return Limit(new ChainNode(operands, operators, at));
    }

    private Node In(Node operand, bool negated, int at)
    {
        if (!Accept(TokenKind.Open)) return Fail($"expected '(' after 'in', found {Describe(Current)}");
        if (Current.Kind == TokenKind.Close) return Fail("the list after 'in' is empty");
        var items = Items();
        return _failed ? items[0] : Limit(new InNode(operand, items, negated, at));
    }

    /// <summary>Expressions between commas up to the closing bracket; at least one.</summary>
    private List<Node> Items()
    {
        var items = new List<Node>();
        do items.Add(Nested(Or));
        while (Accept(TokenKind.Comma));
        if (!Accept(TokenKind.Close)) Fail($"expected ',' or ')', found {Describe(Current)}");
        return items;
    }

    private Node Between(Node operand, bool negated, int at)
    {
        var low = Additive();
        if (!Accept(TokenKind.And)) return Fail($"expected 'and' between the two ends, found {Describe(Current)}");
        var high = Additive();
        return Limit(new BetweenNode(operand, low, high, negated, at));
    }

    private Node Like(Node operand, bool negated, int at)
    {
        if (Current.Kind != TokenKind.Text)
            return Fail($"expected a pattern in single quotes after 'like', found {Describe(Current)}");
        string pattern = Current.Value;
        _index++;
        return Limit(new LikeNode(operand, pattern, negated, at));
    }

    private Node Additive()
    {
        var left = Multiplicative();
        while (Current.Kind is TokenKind.Plus or TokenKind.Minus)
        {
            var (at, op) = (Current.Start, Current.Kind == TokenKind.Plus ? Operator.Add : Operator.Subtract);
            _index++;
            left = Limit(new BinaryNode(op, left, Multiplicative(), at));
        }
        return left;
    }

    private Node Multiplicative()
    {
        var left = Signed();
        while (Current.Kind is TokenKind.Times or TokenKind.Divide or TokenKind.Modulo)
        {
            var (at, op) = (Current.Start, Current.Kind switch
            {
                TokenKind.Times => Operator.Multiply,
                TokenKind.Divide => Operator.Divide,
                _ => Operator.Modulo,
            });
            _index++;
            left = Limit(new BinaryNode(op, left, Signed(), at));
        }
        return left;
    }

    private Node Signed()
    {
        int at = Current.Start;
        if (Accept(TokenKind.Plus)) return Nested(Signed);
        if (!Accept(TokenKind.Minus)) return Primary();
        return Nested(() => Signed() switch
        {
            NumberNode n => n.Text.StartsWith('-')
                ? new NumberNode(-n.Value, n.Text[1..], at)
                : new NumberNode(-n.Value, "-" + n.Text, at),
            var operand => Limit(new NegateNode(operand, at)),
        });
    }

    private Node Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _index++;
                return new NumberNode(token.Number, token.Value, token.Start);
            case TokenKind.Text:
                _index++;
                return new TextNode(token.Value, token.Start);
            case TokenKind.True or TokenKind.False:
                _index++;
                return new TruthNode(token.Kind == TokenKind.True, token.Start);
            case TokenKind.Missing:
                _index++;
                return new MissingNode(token.Start);
            case TokenKind.Name:
                _index++;
                return Current.Kind == TokenKind.Open ? Call(token) : new ColumnNode(token.Value, false, token.Start);
            case TokenKind.QuotedName:
                _index++;
                return new ColumnNode(token.Value, source[token.Start] == '"', token.Start);
            case TokenKind.Open:
                _index++;
                var inner = Nested(Or);
                return Accept(TokenKind.Close) ? inner : Fail($"expected ')', found {Describe(Current)}");
            default:
                return Fail($"expected a column, a value or '(', found {Describe(token)}");
        }
    }

    private Node Call(Token name)
    {
        _index++;
        if (Accept(TokenKind.Close)) return new CallNode(name.Value, [], name.Start);
        var arguments = Items();
        return _failed ? arguments[0] : Limit(new CallNode(name.Value, arguments, name.Start));
    }

    private Node Nested(Func<Node> inner)
    {
        if (_nesting == MaxNesting)
            return Fail($"nested more than {MaxNesting} deep; split it into several", Codes.ExpressionTooLarge);
        _nesting++;
        var node = inner();
        _nesting--;
        return node;
    }

    private Node Limit(Node node)
    {
        return node.Depth <= MaxDepth
            ? node
            : Fail($"more than {MaxDepth} operations in one chain; split it into several", Codes.ExpressionTooLarge);
    }

    private bool Accept(TokenKind kind)
    {
        if (Current.Kind != kind || kind == TokenKind.End) return false;
        _index++;
        return true;
    }

    private MissingNode Fail(string message, string code = Codes.ExpressionSyntax)
    {
        int at = Current.Start;
        if (!_failed) fault(code, at, message);
        _failed = true;
        _index = tokens.Count - 1;
        return new MissingNode(at);
    }

    private static Operator? ComparisonOf(TokenKind kind) => kind switch
    {
        TokenKind.Equal => Operator.Equal,
        TokenKind.NotEqual => Operator.NotEqual,
        TokenKind.Less => Operator.Less,
        TokenKind.LessOrEqual => Operator.LessOrEqual,
        TokenKind.Greater => Operator.Greater,
        TokenKind.GreaterOrEqual => Operator.GreaterOrEqual,
        _ => null,
    };

    private static string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => $"text '{Nearest.Printable(token.Value)}'",
        TokenKind.Number => $"the number {Nearest.Printable(token.Value)}",
        _ => $"'{Nearest.Printable(token.Value)}'",
    };
}
