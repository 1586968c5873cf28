using Simulant.Specs;
using Simulant.Specs.Reading;

namespace Simulant.Text.Models;

/// <summary>The models a spec names, read from its <c>models</c>. Reading opens nothing.</summary>
public sealed class ModelTable
{
    private static readonly string[] Providers = ["openai", "azure", "anthropic", "process", "embedded"];

    // Stands before the keys that hold it: statics are made in the order of the text.
    private static readonly Section Price = new("a price",
    [
        new("input", Shape.Number, "A million tokens of questions.") { Minimum = 0, Maximum = 1e9 },
        new("output", Shape.Number, "A million tokens of answers.") { Minimum = 0, Maximum = 1e9 },
    ]);

    /// <summary>The keys of one model: the check, the schema and the guide follow from these.</summary>
    internal static readonly Section Keys = new("a model",
    [
        new("provider", Shape.Text, "How it is reached.") { Values = Providers, Default = "what `endpoint` or `command` implies" },
        new("endpoint", Shape.Text, "The address requests go below, such as `http://localhost:11434/v1`."),
        new("model", Shape.Text, "Its name, as the server knows it."),
        new("key_from", Shape.Text, "The environment variable that holds the key; a key itself never stands in a spec."),
        new("api_version", Shape.Text, "Azure's version of the interface.") { Default = "2024-10-21" },
        new("command", Shape.Texts, "A program that answers one JSON line with another, and its arguments."),
        new("grammar", Shape.Map, "Symbols with the texts they may become, `{symbol}` inside; starts at `answer`.")
            { Child = new Section("a grammar", [], Open: true) },
        new("revision", Shape.Text, "Tells one state of the model from another for the cache of answers."),
        new("license", Shape.Text, "Terms of its answers, for the card."),
        new("temperature", Shape.Number, "Spread of the answers.") { Minimum = 0, Maximum = 5 },
        new("top_p", Shape.Number, "Share of probability that answers are drawn from.") { Minimum = 0, Maximum = 1 },
        new("presence_penalty", Shape.Number, "Against words that stand already.") { Minimum = -2, Maximum = 2 },
        new("frequency_penalty", Shape.Number, "Against words that stand often.") { Minimum = -2, Maximum = 2 },
        new("stop", Shape.Text | Shape.Texts, "Where an answer ends."),
        new("max_tokens", Shape.Count, "Most tokens of an answer.") { Default = "1024", Minimum = 1, Maximum = 1_000_000 },
        new("price", Shape.Map, "What a million tokens cost.") { Default = "nothing", Child = Price },
        new("concurrency", Shape.Integer, "Most requests in flight.") { Default = "16", Minimum = 1, Maximum = 4096 },
        new("timeout", Shape.Duration | Shape.Number, "How long one request may take.") { Default = "120s" },
        new("retries", Shape.Integer, "How often a request is made again after a fault that may pass.")
            { Default = "6", Minimum = 0, Maximum = 100 },
        new("backoff", Shape.Duration | Shape.Number, "The first wait before a retry; each further one twice as long.")
            { Default = "500ms" },
    ]);

    private readonly Dictionary<string, ModelSpec> _models;

    public ModelTable(IReadOnlyList<ModelSpec> models)
    {
        All = models;
        _models = models.ToDictionary(m => m.Name, StringComparer.Ordinal);
    }

    /// <summary>In the order of the spec.</summary>
    public IReadOnlyList<ModelSpec> All { get; }

    public ModelSpec? Find(string name) => _models.GetValueOrDefault(name);

    /// <summary>Reads the map of names to models; every fault at once, at its place.</summary>
    public static ModelTable Read(SpecNode node, DiagnosticBag faults)
    {
        var models = new List<ModelSpec>();
        if (node is SpecMap map)
        {
            foreach (var entry in map.Entries)
            {
                if (entry.Value is SpecMap fields) models.Add(new Reader(entry, fields, faults).Read());
                else faults.Error(Codes.WrongType, entry.Value.At,
                    $"the model '{Nearest.Printable(entry.Key)}' must be a map, found {Fields.Describe(entry.Value)}");
            }
        }
        else
        {
            faults.Error(Codes.WrongType, node.At, $"'models' must be a map of names to models, found {Fields.Describe(node)}");
        }
        return new ModelTable(models);
    }

    /// <summary>The model a recipe names, or the only one; otherwise a fault, and null.</summary>
    internal ModelSpec? Resolve(SpecScalar? name, SourcePosition at, DiagnosticBag faults)
    {
        if (name is not null && Find(name.Text) is { } found) return found;
        if (name is null && All.Count == 1) return All[0];
        if (name is null)
            faults.Error(Codes.MissingKey, at, All.Count == 0 ? "a model is asked here, and the spec has no 'models'"
                : $"say which model is asked: 'model: …', one of {string.Join(", ", All.Select(m => m.Name))}");
        else
            faults.Error(Codes.BadValue, name.At, $"there is no model '{Nearest.Printable(name.Text)}' under 'models'"
                + Nearest.Suggest(name.Text, All.Select(m => m.Name)));
        return null;
    }

    private sealed class Reader(SpecEntry entry, SpecMap map, DiagnosticBag faults)
    {
        private static readonly string[] KeyWords = ["key", "api_key", "apikey", "token", "secret"];

        private readonly Fields _fields = new(map, Keys, faults, ignored: KeyWords);

        public ModelSpec Read()
        {
            foreach (var literal in map.Entries.Where(e => KeyWords.Contains(e.Key)))
                faults.Error(Codes.UnknownKey, literal.KeyAt,
                    $"'{literal.Key}' would put a key into the spec; name the environment variable that holds it: 'key_from: …'");
            var provider = Provider();
            string? model = _fields.Text("model");
            if (model is null && provider is not (ModelProvider.Process or ModelProvider.Embedded))
                faults.Error(Codes.MissingKey, map.At, $"the model '{entry.Key}' has no 'model'; add its name as the server knows it");
            return new ModelSpec(entry.Key, provider, model ?? entry.Key, entry.KeyAt)
            {
                Endpoint = Endpoint(provider),
                KeyFrom = KeyFrom(),
                License = _fields.Text("license"),
                ApiVersion = _fields.Text("api_version") ?? "2024-10-21",
                Command = [.. (_fields.Texts("command") ?? []).Select(c => c.Text)],
                Grammar = Grammar(),
                Revision = _fields.Text("revision") ?? "",
                Temperature = _fields.Number("temperature"),
                TopP = _fields.Number("top_p"),
                PresencePenalty = _fields.Number("presence_penalty"),
                FrequencyPenalty = _fields.Number("frequency_penalty"),
                Stop = [.. (_fields.Texts("stop") ?? []).Select(s => s.Text)],
                MaxTokens = (int)(_fields.Count("max_tokens") ?? 1024),
                Price = PriceOf(),
                Concurrency = (int)(_fields.Integer("concurrency") ?? 16),
                Timeout = Duration("timeout") ?? TimeSpan.FromSeconds(120),
                Retries = (int)(_fields.Integer("retries") ?? 6),
                Backoff = Duration("backoff") ?? TimeSpan.FromMilliseconds(500),
            };
        }

        private ModelProvider Provider()
        {
            string? said = _fields.Text("provider");
            bool command = map["command"] is not null, grammar = map["grammar"] is not null;
            if (said is null && map["provider"] is null)
            {
                if (map["endpoint"] is null && !command && !grammar)
                    faults.Error(Codes.MissingKey, map.At, $"nothing says where the model '{entry.Key}' is; add 'endpoint', 'command' or "
                        + "'provider'");
                said = command ? "process" : grammar ? "embedded" : "openai";
            }
            if (command != (said == "process") && said is not null)
                faults.Error(Codes.Contradiction, command ? _fields.KeyAt("command") : map.At, command
                    ? $"'command' is for the provider process, and this one is {said}; remove one"
                        : "a process needs 'command: [program, …]'");
            if (grammar && said != "embedded")
                faults.Error(Codes.Contradiction, _fields.KeyAt("grammar"),
                    $"'grammar' is for the provider embedded, and this one is {said}");
            return said switch
            {
                "azure" => ModelProvider.Azure,
                "anthropic" => ModelProvider.Anthropic,
                "process" => ModelProvider.Process,
                "embedded" => ModelProvider.Embedded,
                _ => ModelProvider.OpenAi,
            };
        }

        private Uri? Endpoint(ModelProvider provider)
        {
            if (provider is ModelProvider.Process or ModelProvider.Embedded)
            {
                if (map["endpoint"] is { } needless)
                    faults.Error(Codes.Contradiction, needless.At, "this provider has no 'endpoint'; remove it");
                return null;
            }
            if (_fields.Scalar("endpoint") is not { } scalar)
            {
                if (provider == ModelProvider.Azure)
                    faults.Error(Codes.MissingKey, map.At,
                        "Azure has an address for each customer; add 'endpoint: https://….openai.azure.com'");
                return new Uri(provider == ModelProvider.Anthropic ? "https://api.anthropic.com" : "https://api.openai.com/v1");
            }
            if (Uri.TryCreate(scalar.Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)
            {
                if (uri.Scheme == "http" && !uri.IsLoopback && map["key_from"] is not null)
                    faults.Warn(Codes.BadValue, scalar.At, "the key would travel in the clear; use https, or leave 'key_from' out");
                return uri;
            }
            faults.Error(Codes.BadValue, scalar.At, $"'{Nearest.Printable(scalar.Text)}' is no address; write http://… or https://…, "
                + "without user or password");
            return null;
        }

        private string? KeyFrom()
        {
            if (_fields.Scalar("key_from") is not { } scalar) return null;
            bool name = scalar.Text.Length is > 0 and <= 100 && scalar.Text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
                && !char.IsAsciiDigit(scalar.Text[0]);
            if (name) return scalar.Text;
            // The value is not repeated: it may be a key.
            faults.Error(Codes.BadValue, scalar.At, "'key_from' is not the name of an environment variable; a key itself never stands "
                + "in a spec");
            return null;
        }

        private Grammar? Grammar()
        {
            if (_fields.Map("grammar") is not { } rules) return null;
            var read = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            foreach (var rule in rules.Entries)
            {
                IReadOnlyList<SpecNode> items = rule.Value is SpecList list ? list.Items : [rule.Value];
                var texts = items.OfType<SpecScalar>().Select(s => s.Text).ToList();
                if (texts.Count == items.Count && texts.Count > 0) read[rule.Key] = texts;
                else faults.Error(Codes.WrongType, rule.Value.At, $"'{Nearest.Printable(rule.Key)}' must be a text or a list of texts");
            }
            if (read.ContainsKey(Models.Grammar.Start)) return new Grammar(read);
            faults.Error(Codes.MissingKey, rules.At, $"a grammar starts at '{Models.Grammar.Start}', and this has none");
            return null;
        }

        private ModelPrice PriceOf()
        {
            if (_fields.Map("price") is not { } price) return default;
            var fields = new Fields(price, Price, faults);
            return new ModelPrice((decimal)(fields.Number("input") ?? 0), (decimal)(fields.Number("output") ?? 0));
        }

        private TimeSpan? Duration(string key)
        {
            if (_fields.Scalar(key) is not { } scalar) return null;
            if (Quantities.Duration(scalar.Text) is { } time) return time;
            faults.Error(Codes.BadValue, scalar.At,
                $"'{key}' is '{Nearest.Printable(scalar.Text)}'; write a time such as 500ms, 30s or 5m");
            return null;
        }
    }
}
