using Simulant.Data;

namespace Simulant.Tabular.Rules;

/// <summary>Reads <c>distribution: name</c> with its parameters; see docs/guide/engines/rules.md for each.</summary>
internal static class DistributionReader
{
    private const double LargestTable = 5_000_000;

    public static readonly string[] Names =
    [
        "normal", "lognormal", "uniform", "exponential", "gamma", "beta", "weibull", "pareto", "triangular", "logistic",
        "poisson", "zipf", "binomial", "geometric", "empirical", "mixture",
    ];

    /// <summary>Null after a fault.</summary>
    public static NumberRule? Read(Options options, ColumnKind kind, double? minimum, double? maximum)
    {
        int before = options.Faults.All.Count;
        var name = options.Take("distribution")!;
        double[] truncate = options.Numbers("truncate", 2, kind);
        double low = truncate.Length == 2 ? truncate[0] : minimum ?? double.NegativeInfinity;
        double high = truncate.Length == 2 ? truncate[1] : maximum ?? double.PositiveInfinity;
        if (!(low < high))
        {
            options.Fault(RuleCodes.EmptyRange, options.Take("truncate")?.At ?? options.At,
                "the range must rise: [low, high] with low < high");
            return null;
        }
        string word = options.Word("distribution") ?? "";
        var rule = Continuous(word, options, kind) ?? Counting(word, options, low, high) ?? Given(word, options, kind, low, high);
        if (rule is null && options.Faults.All.Count == before)
            options.Fault(RuleCodes.UnknownRule, name.At, $"unknown distribution '{word}'{Specs.Nearest.Suggest(word, Names)}");
        if (rule is null || options.Faults.All.Count > before) return null;
        bool left = rule switch
        {
            QuantileDistribution quantile => quantile.Truncate(low, high),
            RejectionDistribution rejection => rejection.Truncate(low, high),
            _ => true,
        };
        if (!left)
            options.Fault(RuleCodes.EmptyRange, name.At,
                $"hardly any of this {word} distribution lies within [{low}, {high}]; widen the range or move the distribution");
        return left ? rule : null;
    }

    private static NumberRule? Continuous(string word, Options o, ColumnKind kind)
    {
        switch (word)
        {
            case "normal":
                return new NormalRule(o.Required("mean", kind: kind), o.Required("sd", 0));
            case "lognormal":
                if (!o.Has("median")) return new LogNormalRule(o.Required("mu"), o.Required("sigma", 0));
                return new LogNormalRule(Math.Log(o.Required("median", 0)), o.Required("sigma", 0));
            case "uniform":
                double low = o.Required("min", kind: kind), high = o.Required("max", low, kind);
                return new UniformRule(low, high);
            case "exponential":
                return new ExponentialRule(o.Required("mean", 0));
            case "gamma":
                double shape = o.Required("shape", 0);
                return new GammaRule(shape, o.Has("mean") ? o.Required("mean", 0) / shape : o.Required("scale", 0));
            case "beta":
                double from = o.Number("min") ?? 0;
                double a = o.Required("a", 0), b = o.Required("b", 0);
                return new BetaRule(a, b, from, o.Has("max") ? o.Required("max", from) : from + 1);
            case "weibull":
                return new WeibullRule(o.Required("shape", 0), o.Required("scale", 0));
            case "pareto":
                return new ParetoRule(o.Required("shape", 0), o.Required("scale", 0));
            case "logistic":
                return new LogisticRule(o.Required("location", kind: kind), o.Required("scale", 0));
            case "triangular":
                return Triangular(o, kind);
            default:
                return null;
        }
    }

    private static TriangularRule Triangular(Options o, ColumnKind kind)
    {
        double low = o.Required("min", kind: kind), high = o.Required("max", low, kind), mode = o.Required("mode", kind: kind);
        if (mode < low || mode > high) o.Fault(RuleCodes.BadParameter, o.At, "'mode' must lie between 'min' and 'max'");
        return new TriangularRule(low, mode, high);
    }

    private static DiscreteRule? Counting(string word, Options o, double low, double high)
    {
        Func<double, double> logWeight;
        double first = 0, last;
        switch (word)
        {
            case "poisson":
                double mean = o.Required("mean", 0);
                double spread = 12 * Math.Sqrt(mean) + 40;
                (first, last) = (Math.Max(0, mean - spread), mean + spread);
                logWeight = k => k * Math.Log(mean) - mean - LogFactorial(k);
                break;
            case "binomial":
                double n = o.Whole("n", 1) ?? o.Required("n"), p = Share(o, "p");
                last = n;
                if (n > LargestTable / 2)
                {
                    double middle = n * p, width = 12 * Math.Sqrt(n * p * (1 - p)) + 40;
                    (first, last) = (Math.Max(0, middle - width), Math.Min(n, middle + width));
                }
                logWeight = k => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k)
                    + (k > 0 ? k * Math.Log(p) : 0) + (n - k > 0 ? (n - k) * double.LogP1(-p) : 0);
                break;
            case "geometric":
                double success = Share(o, "p");
                last = success >= 1 ? 0 : Math.Ceiling(-45 / double.LogP1(-success));
                logWeight = k => k > 0 ? k * double.LogP1(-success) : 0;
                break;
            case "zipf":
                double exponent = o.Required("exponent", 0);
                (first, last) = (1, o.Whole("n", 1) ?? o.Required("n"));
                logWeight = k => -exponent * Math.Log(k);
                break;
            default:
                return null;
        }
        if (o.Faults.HasErrors && (double.IsNaN(last) || double.IsNaN(first))) return null;
        first = Math.Max(Math.Floor(first), Math.Ceiling(Math.Max(low, -1e15)));
        last = Math.Min(Math.Ceiling(last), Math.Floor(Math.Min(high, 1e15)));
        if (last < first || last - first > LargestTable)
        {
            o.Fault(last < first ? RuleCodes.EmptyRange : RuleCodes.BadParameter, o.At, last < first
                ? "no value of this distribution lies within its range; widen the range"
                : $"this distribution has more than {LargestTable} values; use a continuous one and type integer");
            return null;
        }
        return DiscreteRule.Of((long)first, (long)last, logWeight);
    }

    private static double Share(Options o, string key)
    {
        double p = o.Required(key, 0);
        if (p > 1) o.Fault(RuleCodes.BadParameter, o.At, $"'{key}' is {p}; it is a probability, at most 1");
        return Math.Min(p, 1);
    }

    private static NumberRule? Given(string word, Options o, ColumnKind kind, double low, double high) => word switch
    {
        "empirical" => Empirical(o, kind, low, high),
        "mixture" => Mixture(o, kind, low, high),
        _ => null,
    };

    private static NumberRule? Empirical(Options o, ColumnKind kind, double low, double high)
    {
        if (o.Has("file") || o.Has("column")) return FileOf(o);
        if (!o.Has("quantiles"))
        {
            double[] values = o.Numbers("values", 0, kind);
            double[] given = values.Length > 0 ? o.Weights("weights", values.Length) : [];
            if (values.Length == 0)
            {
                o.Fault(RuleCodes.BadParameter, o.At,
                    "an empirical distribution needs 'values' (with 'weights'), 'quantiles', or 'file' and 'column'");
                return null;
            }
            if (given.Length == 0) Array.Fill(given = new double[values.Length], 1);
            for (int i = 0; i < values.Length; i++)
                if (values[i] < low || values[i] > high) given[i] = 0;
            if (given.Sum() > 0) return new DiscreteRule(values, new DiscreteTable(given));
            o.Fault(RuleCodes.EmptyRange, o.At, "none of the values lies within the range");
            return null;
        }
        var node = o.Take("quantiles")!;
        double[] probabilities, at;
        if (node is Specs.SpecMap map)
        {
            probabilities = [.. map.Entries.Select(e =>
                o.ToNumber(new Specs.SpecScalar(e.Key, false, e.KeyAt), "quantiles", ColumnKind.Decimal) ?? double.NaN)];
            at = [.. map.Entries.Select(e => o.ToNumber(e.Value, "quantiles", kind) ?? double.NaN)];
        }
        else
        {
            at = o.Numbers("quantiles", 0, kind);
            probabilities = [.. Enumerable.Range(0, at.Length).Select(i => i / (at.Length - 1.0))];
        }
        bool rises = at.Length >= 2 && probabilities[0] == 0 && probabilities[^1] == 1;
        for (int i = 1; i < at.Length; i++) rises &= at[i] > at[i - 1] && probabilities[i] > probabilities[i - 1];
        if (rises) return new QuantileTableRule(probabilities, at);
        o.Fault(RuleCodes.BadParameter, node.At,
            "'quantiles' must rise strictly, from probability 0 to 1, as '0: 10, 0.5: 12, 1: 90'");
        return null;
    }

    /// <summary>Values of a file; the file itself is opened later.</summary>
    private static UnreadValuesRule? FileOf(Options o)
    {
        int before = o.Faults.All.Count;
        foreach (string key in (string[])["file", "column"])
            if (o.Word(key) is null or "" && o.Faults.All.Count == before)
                o.Fault(RuleCodes.BadParameter, o.Take(key)?.At ?? o.At, $"'{key}' is missing here; name the file, and its column");
        foreach (string key in (string[])["values", "weights", "quantiles"])
            if (o.Take(key) is { } other) o.Fault(RuleCodes.BadParameter, other.At, $"'{key}' and 'file' both give the values; keep one");
        return o.Faults.All.Count > before ? null : new UnreadValuesRule();
    }

    private static MixtureRule? Mixture(Options o, ColumnKind kind, double low, double high)
    {
        if (o.Take("parts") is not Specs.SpecList { Items.Count: > 0 } list)
        {
            o.Fault(RuleCodes.BadParameter, o.At, "a mixture needs 'parts': a list of distributions, each with its 'weight'");
            return null;
        }
        var parts = new List<NumberRule>();
        var weights = new List<double>();
        foreach (var item in list.Items)
        {
            if (item is not Specs.SpecMap map)
            {
                o.Fault(RuleCodes.BadParameter, item.At,
                    "each part of a mixture is a map with 'weight' and 'distribution' or 'constant'");
                continue;
            }
            var part = new Options(map, o.Faults);
            weights.Add(part.Required("weight", 0));
            var rule = part.Has("constant") ? new ConstantRule(part.Required("constant", kind: kind))
                : part.Has("distribution") ? Read(part, kind, Finite(low), Finite(high)) : null;
            if (rule is null && !part.Has("distribution"))
                o.Fault(RuleCodes.BadParameter, item.At, "this part of the mixture has neither 'distribution' nor 'constant'");
            if (rule is not null) parts.Add(rule);
            if (rule is not null) part.Close("a part of a mixture");
        }
        if (parts.Count != list.Items.Count) return null;
        double total = weights.Sum(), sum = 0;
        double[] cumulative = [.. weights.Select(weight => (sum += weight) / total)];
        return new MixtureRule(cumulative, [.. parts]);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static double LogFactorial(double k) => MathNet.Numerics.SpecialFunctions.GammaLn(k + 1);
}
