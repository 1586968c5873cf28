namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises over whole numbers.</summary>
internal static class NumberFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("digit-sum", "numbers", DigitSum), new("primes-where", "numbers", PrimesWhere),
        new("step-count", "numbers", StepCount), new("common-divisor", "numbers", CommonDivisor),
        new("to-base", "numbers", ToBase), new("divisor-sum", "numbers", DivisorSum),
    ];

    private static Problem DigitSum(Draws d)
    {
        int b = d.Between(2, 16);
        bool repeated = d.Coin();
        return new()
        {
            Name = repeated ? d.Pick("digital root", "final digit sum") : d.Pick("digit sum", "cross sum"),
            Takes = [new("number", Ty.Int, "a whole number of at least 0")],
            Gives = Ty.Int,
            Goal = $"the sum of the digits of `number` written in base {b}" + (repeated
                ? $", summed again in the same way until one digit (less than {b}) is left" : ""),
            Rules = ["The digit sum of 0 is 0."],
            Setting = d.Pick("", "A check digit is to catch a slip of the pen.", "Numbers are thrown out by their digits."),
            CSharp = repeated ? $$"""
                while (number >= {{b}})
                {
                    int sum = 0;
                    for (int rest = number; rest > 0; rest /= {{b}}) sum += rest % {{b}};
                    number = sum;
                }
                return number;
                """ : $$"""
                int sum = 0;
                while (number > 0)
                {
                    sum += number % {{b}};
                    number /= {{b}};
                }
                return sum;
                """,
            Python = repeated ? $"""
                while number >= {b}:
                    total = 0
                    while number:
                        number, digit = divmod(number, {b})
                        total += digit
                    number = total
                return number
                """ : $"""
                total = 0
                while number:
                    number, digit = divmod(number, {b})
                    total += digit
                return total
                """,
            JavaScript = $$"""
                const digitSum = n => n === 0 ? 0 : n % {{b}} + digitSum(Math.floor(n / {{b}}));
                {{(repeated ? $"while (number >= {b}) number = digitSum(number);\nreturn number;" : "return digitSum(number);")}}
                """,
            // n is as its digit sum modulo b - 1; and the sum is n less (b - 1) for each carry.
            Oracle = a =>
            {
                int n = (int)a[0];
                if (repeated) return n == 0 ? 0 : b == 2 ? 1 : 1 + (n - 1) % (b - 1);
                long sum = n;
                for (long power = b; power <= n; power *= b) sum -= (b - 1) * (n / power);
                return (int)sum;
            },
            Draw = r => [r.Between(0, 5000)],
            Edges = [[0], [1], [b - 1], [b], [b + 1], [b * b - 1], [b * b * b + b + 1], [999_999]],
        };
    }

    private static Problem PrimesWhere(Draws d)
    {
        int m = d.Between(3, 8), rest = d.Pick(1, m - 1);
        bool sum = d.Coin();
        return new()
        {
            Name = (sum ? "sum" : "count") + d.Pick(" of primes", " chosen primes"),
            Takes = [new("limit", Ty.Int, "a whole number of at least 0")],
            Gives = Ty.Int,
            Goal = $"{(sum ? "the sum of" : "how many there are of")} the prime numbers up to and including `limit` that leave the "
                + $"remainder {rest} when divided by {m}",
            Rules = ["1 is no prime number."],
            Setting = d.Pick("", "Cicadas come out every prime number of years.", "A hash table wants a prime size."),
            CSharp = $$"""
                int result = 0;
                for (int n = 2; n <= limit; n++)
                {
                    bool prime = true;
                    for (int k = 2; k * k <= n; k++)
                    {
                        if (n % k == 0) prime = false;
                    }
                    if (prime && n % {{m}} == {{rest}}) result += {{(sum ? "n" : "1")}};
                }
                return result;
                """,
            Python = $"""
                primes = []
                for n in range(2, limit + 1):
                    if all(n % p for p in primes):
                        primes.append(n)
                return {(sum ? "sum(p" : "sum(1")} for p in primes if p % {m} == {rest})
                """,
            JavaScript = $$"""
                const isPrime = n => {
                  for (let k = 2; k * k <= n; k++) if (n % k === 0) return false;
                  return n > 1;
                };
                let result = 0;
                for (let n = 2; n <= limit; n++) if (n % {{m}} === {{rest}} && isPrime(n)) result += {{(sum ? "n" : "1")}};
                return result;
                """,
            // Eratosthenes' sieve.
            Oracle = a =>
            {
                int limit = (int)a[0], found = 0;
                bool[] crossed = new bool[limit + 1];
                for (int p = 2; p <= limit; p++)
                {
                    if (crossed[p]) continue;
                    for (int n = 2 * p; n <= limit; n += p) crossed[n] = true;
                    if ((p - rest) % m == 0) found += sum ? p : 1;
                }
                return found;
            },
            Draw = r => [r.Between(0, 120)],
            Edges = [[0], [1], [2], [3], [4], [5], [7], [11], [13], [17], [19], [49], [100]],
        };
    }

    private static Problem StepCount(Draws d)
    {
        int cap = d.Between(6, 80), half = d.Between(2, 4);
        string other = half == 2 ? "3 * n + 1" : $"n + {half - 1}";
        Func<long, long> up = half == 2 ? n => 3 * n + 1 : n => n + half - 1;
        return new()
        {
            Name = d.Pick("steps to one", "count steps", "stopping time"),
            Takes = [new("start", Ty.Int, "a whole number of at least 1")],
            Gives = Ty.Int,
            Goal = $"the number of steps from `start` down to 1, where a step takes n to n / {half} if that is a whole number and to "
                + $"{other} if not, or -1 if 1 is not reached within {cap} steps",
            Rules = ["From 1 itself it takes 0 steps."],
            Setting = d.Pick("", "A famous riddle asks whether a sequence always comes down.", "A game moves a token by a simple rule."),
            CSharp = $$"""
                int steps = 0;
                int n = start;
                while (n != 1)
                {
                    if (steps == {{cap}}) return -1;
                    n = n % {{half}} == 0 ? n / {{half}} : {{other}};
                    steps++;
                }
                return steps;
                """,
            Python = $"""
                n = start
                for steps in range({cap} + 1):
                    if n == 1:
                        return steps
                    n = n // {half} if n % {half} == 0 else {other}
                return -1
                """,
            JavaScript = $$"""
                const walk = (n, steps) => {
                  if (n === 1) return steps;
                  if (steps >= {{cap}}) return -1;
                  return walk(n % {{half}} === 0 ? n / {{half}} : {{other}}, steps + 1);
                };
                return walk(start, 0);
                """,
            // All of the path first, then where 1 stands in it.
            Oracle = a =>
            {
                long[] path = new long[cap + 1];
                path[0] = (int)a[0];
                for (int i = 1; i <= cap; i++) path[i] = path[i - 1] / half * half == path[i - 1] ? path[i - 1] / half : up(path[i - 1]);
                return Array.IndexOf(path, 1L);
            },
            Draw = r => [r.Between(1, 200)],
            Edges = [[1], [2], [3], [4], [half], [half * half], [27], [97], [cap]],
        };
    }

    private static Problem CommonDivisor(Draws d)
    {
        bool multiple = d.Coin();
        int times = d.Between(1, 9);
        string what = multiple ? "least common multiple" : "greatest common divisor";
        return new()
        {
            Name = multiple ? d.Pick("common multiple", "meeting time") : d.Pick("common divisor", "largest tile"),
            Takes = [new("numbers", Ty.Ints, "a list of whole numbers of at least 1")],
            Gives = Ty.Int,
            Goal = (times == 1 ? "" : $"{times} times ") + $"the {what} of all `numbers`",
            Rules = [multiple ? $"For an empty list it is {times}, since the multiple of nothing is 1." : "For an empty list it is 0."],
            Setting = multiple ? d.Pick("", "Three buses leave together and are to leave together again.") : d.Pick("",
                "A floor is laid with square tiles, the largest that fit."),
            CSharp = $$"""
                int result = {{(multiple ? 1 : 0)}};
                foreach (int number in numbers)
                {
                    int a = result, b = number;
                    while (b != 0)
                    {
                        int rest = a % b;
                        a = b;
                        b = rest;
                    }
                    result = {{(multiple ? "result / a * number" : "a")}};
                }
                return {{(times == 1 ? "result" : $"{times} * result")}};
                """,
            Python = $"""
                import math
                result = {(multiple ? 1 : 0)}
                for number in numbers:
                    result = {(multiple ? "result * number // math.gcd(result, number)" : "math.gcd(result, number)")}
                return {(times == 1 ? "result" : $"{times} * result")}
                """,
            JavaScript = $$"""
                const gcd = (a, b) => b === 0 ? a : gcd(b, a % b);
                const join = (a, b) => {{(multiple ? "a / gcd(a, b) * b" : "gcd(a, b)")}};
                return {{(times == 1 ? "" : $"{times} * ")}}numbers.reduce(join, {{(multiple ? 1 : 0)}});
                """,
            Oracle = a =>
            {
                int[] n = (int[])a[0];
                if (!multiple) return n.Length == 0 ? 0 : times * Enumerable.Range(1, n.Min()).Last(k => n.All(x => x % k == 0));
                int candidate = 1;
                while (!n.All(x => candidate % x == 0)) candidate++;
                return times * candidate;
            },
            Draw = r => [multiple ? r.Ints(1, 4, 1, 12) : [.. r.Ints(1, 4, 1, 12).Select(x => x * 6)]],
            Edges = [[Array.Empty<int>()], [new[] { 7 }], [new[] { 4, 6 }], [new[] { 6, 4 }], [new[] { 8, 12, 6 }], [new[] { 5, 7 }]],
        };
    }

    private static Problem ToBase(Draws d)
    {
        int b = d.Between(3, 15), width = d.Between(1, 5);
        char fill = d.Pick('0', '.', '_');
        const string Digits = "0123456789abcdef";
        return new()
        {
            Name = d.Pick("in base", "write in base", "to base"),
            Takes = [new("number", Ty.Int, "a whole number of at least 0")],
            Gives = Ty.Text,
            Goal = $"`number` written in base {b}" + (width > 1 ? $", with '{fill}' put in front until it has at least {width} "
                + $"characters" : ""),
            Rules = [b > 10 ? "The digits from ten on are the small letters from a on." : "0 is written as one digit."],
            Setting = d.Pick("", "A machine counts in a number system of its own.", "Labels are numbered in a short form."),
            CSharp = $$"""
                string text = "";
                do
                {
                    text = "{{Digits[..b]}}"[number % {{b}}] + text;
                    number /= {{b}};
                }
                while (number > 0);
                {{(width > 1 ? $"return text.PadLeft({width}, '{fill}');" : "return text;")}}
                """,
            Python = $"""
                digits = "{Digits[..b]}"
                text = digits[number % {b}]
                while number >= {b}:
                    number //= {b}
                    text = digits[number % {b}] + text
                return text{(width > 1 ? $".rjust({width}, \"{fill}\")" : "")}
                """,
            JavaScript = $"return number.toString({b}){(width > 1 ? $".padStart({width}, \"{fill}\")" : "")};",
            // From the highest power down.
            Oracle = a =>
            {
                int n = (int)a[0], power = 1;
                while (n / power >= b) power *= b;
                string text = "";
                for (; power > 0; n %= power, power /= b) text += Digits[n / power];
                while (text.Length < width) text = fill + text;
                return text;
            },
            Draw = r => [r.Between(0, 4000)],
            Edges = [[0], [1], [b - 1], [b], [b * b], [b * b - 1], [11], [b * b * b * b + 1]],
        };
    }

    private static Problem DivisorSum(Draws d)
    {
        int step = d.Between(1, 4);
        bool proper = d.Coin();
        string which = step == 1 ? "" : $" that are divisible by {step}";
        return new()
        {
            Name = d.Pick("divisor sum", "sum of divisors", "factor total"),
            Takes = [new("number", Ty.Int, "a whole number of at least 1")],
            Gives = Ty.Int,
            Goal = $"the sum of the divisors of `number`{which}, {(proper ? "without `number` itself" : "`number` itself included")}",
            Rules = ["Every whole number of at least 1 is divisible by 1."],
            Setting = d.Pick("", "The Greeks called a number perfect when its parts make it up.",
                "Eggs are packed into equal boxes in every way that works."),
            CSharp = $$"""
                int sum = 0;
                for (int k = {{step}}; k {{(proper ? "<" : "<=")}} number; k += {{step}})
                {
                    if (number % k == 0) sum += k;
                }
                return sum;
                """,
            Python = $"return sum(k for k in range({step}, number{(proper ? "" : " + 1")}, {step}) if number % k == 0)",
            JavaScript = $$"""
                let sum = 0;
                for (let k = 1; k {{(proper ? "<" : "<=")}} number; k++) {
                  if (number % k === 0 && k % {{step}} === 0) sum += k;
                }
                return sum;
                """,
            // Divisors come in pairs.
            Oracle = a =>
            {
                int n = (int)a[0], sum = 0;
                for (int k = 1; k * k <= n; k++)
                    if (n % k == 0)
                        foreach (int x in k == n / k ? [k] : (int[])[k, n / k])
                            if (x % step == 0 && !(proper && x == n)) sum += x;
                return sum;
            },
            Draw = r => [r.Between(1, 30) * r.Pick(1, 2, 6, step)],
            Edges = [[1], [2], [step], [12], [28], [97], [36 * step], [step * step]],
        };
    }
}
