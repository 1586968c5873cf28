namespace Simulant.Text.Tasks;

/// <summary>How two answers are compared.</summary>
public enum AnswerKind
{
    /// <summary>A whole number; thousands separators and a leading plus are allowed.</summary>
    Integer,

    /// <summary>An exact number: a whole number, a fraction <c>a/b</c> in any terms, a mixed number, or the decimal equal to it.</summary>
    Rational,

    /// <summary>A decimal given to as many places as the canonical answer shows, after rounding.</summary>
    Decimal,

    /// <summary>A number and its unit; units of one dimension convert into each other.</summary>
    Quantity,

    /// <summary>A word or phrase; case and surrounding punctuation do not count.</summary>
    Word,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>Parts separated by commas, in order.</summary>
    Sequence,

    /// <summary>Parts separated by commas, in any order, without repetition.</summary>
    Set,

    /// <summary>Lines of a grid or text, compared exactly but for trailing blanks.</summary>
    Lines,

    /// <summary>An algebraic expression; equal when it is the same function of its letters.</summary>
    Expression,
}
