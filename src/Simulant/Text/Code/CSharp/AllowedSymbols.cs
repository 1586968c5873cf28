using System.Collections.Frozen;
using Microsoft.CodeAnalysis;

namespace Simulant.Text.Code.CSharp;

/// <summary>
/// What a checked C# program may name, by symbol: an allow-list, so that what nobody thought of is refused. Types that only hold
/// and compute are allowed whole; types with a door to the machine, the clock, threads or reflection are allowed by member or not.
/// </summary>
internal static class AllowedSymbols
{
    private static readonly SymbolDisplayFormat Full = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static readonly FrozenSet<string> Namespaces = new[]
    {
        "System.Collections.Generic", "System.Collections.ObjectModel", "System.Collections.Immutable", "System.Collections.Frozen",
        "System.Numerics", "System.Text.RegularExpressions",
    }.ToFrozenSet();

    // Types without a door; nested types are judged by the outermost.
    private static readonly FrozenSet<string> Types = Words("""
        System: Boolean Byte SByte Char Int16 UInt16 Int32 UInt32 Int64 UInt64 Int128 UInt128 IntPtr UIntPtr Half Single Double Decimal
        String Void ValueType Enum Math MathF Array Tuple ValueTuple Nullable Func Action Predicate Comparison Converter Span
        ReadOnlySpan Memory ReadOnlyMemory MemoryExtensions Range Index DateOnly TimeOnly TimeSpan DayOfWeek DateTimeKind
        BitConverter Convert HashCode StringComparison StringComparer StringSplitOptions IComparable IEquatable IDisposable
        IFormattable ISpanFormattable IParsable ISpanParsable IFormatProvider ICloneable Lazy EventHandler EventArgs
        MidpointRounding FlagsAttribute ObsoleteAttribute ParamArrayAttribute Version ArraySegment Attribute TypeCode
        System.Collections: BitArray IEnumerable IEnumerator ICollection IList IDictionary IComparer IEqualityComparer ArrayList
        Hashtable Queue Stack SortedList DictionaryEntry StructuralComparisons IStructuralComparable IStructuralEquatable
        System.Linq: Enumerable IGrouping ILookup Lookup IOrderedEnumerable
        System.Text: StringBuilder Rune NormalizationForm StringRuneEnumerator SpanRuneEnumerator CompositeFormat
        System.Globalization: NumberStyles DateTimeStyles CharUnicodeInfo UnicodeCategory NumberFormatInfo
        System.Runtime.CompilerServices: DefaultInterpolatedStringHandler ITuple
        """);

    // Of these types, only these members; "new" is a constructor.
    private static readonly FrozenSet<string> Members = Words("""
        System.Object: new Equals ReferenceEquals ToString GetHashCode GetType MemberwiseClone
        System.Type: Name FullName op_Equality op_Inequality Equals GetHashCode ToString
        System.Reflection.MemberInfo: Name
        System.Delegate: Equals GetHashCode Combine Remove op_Equality op_Inequality
        System.MulticastDelegate: Equals GetHashCode op_Equality op_Inequality
        System.DateTime: * -Now -UtcNow -Today
        System.DateTimeOffset: * -Now -UtcNow
        System.Random: new Next NextInt64 NextDouble NextSingle Shuffle GetItems -Shared
        System.Console: Write WriteLine
        System.Environment: NewLine
        System.Globalization.CultureInfo: InvariantCulture CompareInfo TextInfo NumberFormat DateTimeFormat
        System.Globalization.TextInfo: ToLower ToUpper ToTitleCase
        System.Text.Encoding: UTF8 ASCII Unicode UTF32 Latin1 GetBytes GetString GetByteCount GetCharCount GetChars
        System.Threading.Interlocked: Increment Decrement Add Exchange CompareExchange Read
        System.Threading.Monitor: Enter Exit IsEntered
        System.Threading.Lock: new EnterScope Enter Exit
        System.Threading.CancellationToken: None IsCancellationRequested CanBeCanceled ThrowIfCancellationRequested
        System.Threading.Tasks.Task: FromResult CompletedTask Result IsCompleted IsCompletedSuccessfully
        System.Threading.Tasks.ValueTask: new FromResult CompletedTask Result IsCompleted IsCompletedSuccessfully AsTask
        """);

    /// <summary>Whether programs may name the type.</summary>
    public static bool Allows(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Allows(array.ElementType),
        ITypeParameterSymbol => true,
        IDynamicTypeSymbol or IFunctionPointerTypeSymbol or IPointerTypeSymbol => false,
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(e => Allows(e.Type)),
        INamedTypeSymbol named => AllowsNamed(named),
        _ => false,
    };

    /// <summary>Whether programs may name the member of a type that they may name.</summary>
    public static bool Allows(ISymbol member, INamedTypeSymbol type)
    {
        if (IsOwn(member)) return true;
        string owner = type.OriginalDefinition.ToDisplayString(Full);
        string name = member switch
        {
            IMethodSymbol { MethodKind: MethodKind.Constructor } => "new",
            IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
            _ => member.Name,
        };
        if (owner == "System.Random" && name == "new") return member is IMethodSymbol { Parameters.Length: 1 }; // no seed is no law
        if (IsWhole(type, owner)) return true;
        return (Members.Contains($"{owner}: *") || Members.Contains($"{owner}: {name}")) && !Members.Contains($"{owner}: -{name}");
    }

    private static bool AllowsNamed(INamedTypeSymbol type)
    {
        if (!type.TypeArguments.All(Allows)) return false;
        if (IsOwn(type) || type.TypeKind == TypeKind.Delegate && IsOwn(type.OriginalDefinition)) return true;
        string name = type.OriginalDefinition.ToDisplayString(Full);
        return IsWhole(type, name) || Members.Contains(name);
    }

    private static bool IsWhole(INamedTypeSymbol type, string name)
    {
        if (type.ContainingType is { } outer) return IsWhole(outer, outer.OriginalDefinition.ToDisplayString(Full));
        return Types.Contains(name) || Namespaces.Contains(type.ContainingNamespace?.ToDisplayString() ?? "") || IsException(type);
    }

    // Exceptions carry text; what else they offer is a member of System.Exception, and a stack trace opens no door.
    private static bool IsException(INamedTypeSymbol type)
    {
        if (type.ContainingNamespace?.ToDisplayString() is not ("System" or "System.IO")) return false;
        for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
            if (at.ToDisplayString(Full) == "System.Exception") return true;
        return false;
    }

    private static bool IsOwn(ISymbol symbol) => symbol.Locations.Any(l => l.IsInSource) || symbol.IsImplicitlyDeclared
        || symbol is INamedTypeSymbol { IsAnonymousType: true } || symbol.ContainingType is { IsAnonymousType: true };

    // "Space: A B" gives "Space.A"; for members, "Type: A B" gives "Type" and "Type: A".
    private static FrozenSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        string owner = "";
        foreach (string word in text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.EndsWith(':')) words.Add(owner = word[..^1]);
            else
            {
                words.Add($"{owner}.{word}");
                words.Add($"{owner}: {word}");
            }
        }
        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
