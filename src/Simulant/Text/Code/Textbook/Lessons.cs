namespace Simulant.Text.Code.Textbook;

/// <summary>What a textbook says of a topic before it sets exercises.</summary>
/// <param name="Ideas">The idea, told in several ways.</param>
/// <param name="CSharp">How the language goes about it, in one sentence.</param>
/// <param name="Python">As <paramref name="CSharp"/>.</param>
/// <param name="JavaScript">As <paramref name="CSharp"/>.</param>
/// <param name="Slip">A mistake that is often made.</param>
internal sealed record Lesson(string[] Ideas, string CSharp, string Python, string JavaScript, string Slip)
{
    public string In(CodeLanguage language) =>
        language switch { CodeLanguage.CSharp => CSharp, CodeLanguage.Python => Python, _ => JavaScript };
}

/// <summary>A lesson for every topic of the exercises.</summary>
internal static class Lessons
{
    private static readonly Dictionary<string, Lesson> ByTopic = new(StringComparer.Ordinal)
    {
        ["lists"] = new(
        [
            "A list is walked from one end to the other, and what has to be known of the part behind is carried along in a few variables: "
                + "a "
                + "sum, a count, the item before.",
            "Most questions about a list are answered in one pass. Decide first what has to be remembered from step to step; the loop then "
                + "nearly writes itself.",
        ],
        "In C# `foreach` visits the items, and `for` is used where the place of an item matters.",
        "In Python `for item in items` visits the items, and `enumerate` gives their places as well.",
        "In JavaScript `for (const item of items)` visits the items, and `entries()` gives their places as well.",
        "The empty list and the list of one item are where a first or last step goes wrong."),
        ["strings"] = new(
        [
            "A string is a row of characters that does not change: what looks like a change builds a new string beside the old one.",
            "Text is read a character at a time, or cut into words first. Which of the two is simpler depends on whether the rule speaks "
                + "of "
                + "characters or of words.",
        ],
        "In C# a `StringBuilder` gathers pieces without copying what it holds already at each step.",
        "In Python pieces are gathered in a list and put together by `''.join(...)`.",
        "In JavaScript pieces are gathered in an array and put together by `join('')`.",
        "Capital and small letters are different characters, and an empty string has no first one."),
        ["numbers"] = new(
        [
            "Division with remainder takes a whole number apart: the remainder is what lies at the "
                + "end, the quotient is what is left to do.",
            "Properties of whole numbers are found by trying divisors or by taking off digits, and both end since the number at hand "
                + "gets smaller at every step.",
        ],
        "In C# `/` between two `int` values drops the fraction, and `%` gives the remainder.",
        "In Python `//` is division without a fraction, `%` gives the remainder, and `divmod` gives both.",
        "In JavaScript all numbers have fractions, so a quotient goes through `Math.floor`.",
        "0 and 1 are seldom like the numbers after them: look at these two by themselves."),
        ["bits"] = new(
        [
            "A whole number is also a row of bits. Shifting moves the row, `&` picks bits out, `|` puts bits in and `^` turns them over.",
            "Work on bits goes like work on digits in base 2: look at the lowest, then shift it away.",
        ],
        "In C# the sign moves along with `>>`, and `uint` or `>>>` is used where it must not.",
        "In Python whole numbers have no last bit, so a width has to be kept by `& mask`.",
        "In JavaScript the operators on bits work on 32 bits with a sign, and `>>> 0` makes the outcome a number without one.",
        "A loop that waits for a negative number to be shifted down to 0 may wait for ever."),
        ["dictionaries"] = new(
        [
            "A dictionary finds a value by its key without looking through the others, so counting and grouping take one pass.",
            "Where a question says \"for each different\", a dictionary with that as its key is often the whole answer.",
        ],
        "In C# `TryGetValue` and `GetValueOrDefault` look a key up that may not be there.",
        "In Python `get` with a second argument looks a key up that may not be there.",
        "In JavaScript a `Map` holds keys of any kind, and `??` gives what holds where a key is missing.",
        "Two keys may have the same value: say which of them wins before you write the loop."),
        ["sorting"] = new(
        [
            "An order is a rule that says which of two items comes first. Once it is written down, sorting is somebody else's work.",
            "Sorted items have their equals beside them and their smaller ones before them, which turns many searches into one pass.",
        ],
        "In C# `OrderBy` keeps the order of equal items, and `Array.Sort` does not promise to.",
        "In Python `sorted` keeps the order of equal items and takes the rule as `key`.",
        "In JavaScript `sort` without a rule orders numbers as if they were texts, so a rule is always given.",
        "Ties decide whether an order is complete: name the second thing to go by."),
        ["searching"] = new(
        [
            "A search keeps a part in which the answer must lie, and makes that part smaller until only the answer is left.",
            "To search well is to throw away, at each step, everything that is already known not to be the answer.",
        ],
        "In C# a search that finds nothing commonly gives -1, as `Array.IndexOf` does.",
        "In Python a search that finds nothing commonly gives `None` or -1, as `str.find` does.",
        "In JavaScript a search that finds nothing commonly gives -1, as `indexOf` does.",
        "The ends of the part are where the faults are: decide whether each of them belongs to it, and keep to that."),
        ["recursion"] = new(
        [
            "A recursive function solves a problem by a smaller one of the same kind. It needs a case so small that it is answered "
                + "outright.",
            "Think of the answer to the smaller problem as given. What is left is one step: from that answer to this one.",
        ],
        "In C# a local function may call itself and see the variables of the function around it.",
        "In Python the depth of calls is limited to about a thousand, so long chains become loops.",
        "In JavaScript a function that is kept in a `const` may call itself by that name.",
        "When the same smaller problem comes up again and again, keep its answer instead of working it out anew."),
        ["simulation"] = new(
        [
            "A simulation holds a state and applies rules to it, step after step, just as they are told.",
            "Write down first what the state is made of. Then every rule is a line that takes one state to the next.",
        ],
        "In C# the state is a few local variables, or an array where there are many alike.",
        "In Python several parts of the state can change at once: `a, b = b, a + b`.",
        "In JavaScript several parts of the state can change at once: `[a, b] = [b, a + b]`.",
        "Rules that happen at the same time must all read the old state: work out the new one beside it."),
        ["classes"] = new(
        [
            "A class keeps data together with the only functions that may change it, so that what "
                + "must always hold is seen to in one place.",
            "An object answers for itself: whoever uses it says what is to happen, and the object says how.",
        ],
        "In C# a property whose setter is hidden can be read by everybody and written by its class alone.",
        "In Python a leading underscore tells readers that a name is the class's own.",
        "In JavaScript a name that begins with `#` cannot be reached from outside its class.",
        "A request that is refused must leave everything as it was."),
        ["parsing"] = new(
        [
            "To parse a text is to read it from left to right and to know, at every character, what may come next.",
            "A format is read in two steps: cut the text into its parts, then say what each part means.",
        ],
        "In C# `int.Parse` reads a number, and a place that moves along the text does the rest.",
        "In Python `split`, `partition` and slices cut a text, and `int` reads a number.",
        "In JavaScript `split` and `slice` cut a text, and `Number` reads a number.",
        "What comes last often has no mark behind it: deal with what is still open when the text ends."),
        ["dates"] = new(
        [
            "Times and dates are counted in mixed units. The sure way is to turn them into one "
                + "number, calculate, and turn the result back.",
            "A calendar goes round: days of the week after 7, hours after 24. A remainder says where on the circle one stands.",
        ],
        "In C# the remainder of a negative number is negative or 0, so a full round is added before it is taken.",
        "In Python the remainder has the sign of the divisor, so going back round a clock needs no care.",
        "In JavaScript the remainder of a negative number is negative or 0, so a full round is added before it is taken.",
        "Months are of unlike length, and the rule for leap years has exceptions."),
        ["matrices"] = new(
        [
            "A grid is a list of rows, and a cell is found by two numbers: its row, then its column.",
            "Walking a grid takes two loops, one inside the other. Which of the two is outside decides whether it is read by rows or by "
                + "columns.",
        ],
        "In C# `int[][]` is an array of rows, each made by itself.",
        "In Python a grid of zeros is written `[[0] * columns for _ in range(rows)]`, so that rows are not one and the same list.",
        "In JavaScript a grid of zeros is made by `Array.from`, with a new row each time.",
        "Neighbours of a cell at the rim may lie outside: test the place before you read it."),
    };

    public static Lesson Of(string topic) => ByTopic[topic];
}
