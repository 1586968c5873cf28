using Microsoft.Extensions.AI;
using Simulant.Specs;

namespace Simulant.Text.Models;

/// <summary>Opens the clients of a table; models behind one address share its gate.</summary>
internal static class ModelClients
{
    /// <exception cref="SpecException">A variable that <c>key_from</c> names is not set; every such fault at once.</exception>
    public static Dictionary<string, ModelCaller> Open(ModelTable table, BudgetMeter meter, CallTally tally)
    {
        var faults = new DiagnosticBag();
        var keys = table.All.ToDictionary(m => m.Name, m => Key(m, faults));
        faults.ThrowIfErrors();
        var gates = new Dictionary<string, AdaptiveGate>(StringComparer.Ordinal);
        var callers = new Dictionary<string, ModelCaller>(StringComparer.Ordinal);
        foreach (var model in table.All)
        {
            string place = model.Endpoint?.GetLeftPart(UriPartial.Authority) ?? model.Name;
            if (!gates.TryGetValue(place, out var gate))
            {
                int ceiling = table.All.Where(m => (m.Endpoint?.GetLeftPart(UriPartial.Authority) ?? m.Name) == place)
                    .Max(m => m.Concurrency);
                gates[place] = gate = new AdaptiveGate(ceiling);
            }
            callers[model.Name] = new ModelCaller(model, Client(model, keys[model.Name]), gate, meter, tally);
        }
        return callers;
    }

    /// <param name="key">Sent as the provider wants it; null for none.</param>
    public static IChatClient Client(ModelSpec model, string? key)
    {
        switch (model.Provider)
        {
            case ModelProvider.Process:
                return new ProcessChat(model, Folder(model));
            case ModelProvider.Embedded:
                return new EmbeddedChat(model);
        }
        var headers = new Dictionary<string, string>();
        if (model.Provider == ModelProvider.Anthropic) headers["anthropic-version"] = AnthropicChat.Version;
        if (key is not null)
        {
            (string name, string value) = model.Provider switch
            {
                ModelProvider.Azure => ("api-key", key),
                ModelProvider.Anthropic => ("x-api-key", key),
                _ => ("Authorization", "Bearer " + key),
            };
            headers[name] = value;
        }
        var transport = new HttpTransport(model.Endpoint!, model.Timeout, model.Concurrency, headers);
        return model.Provider == ModelProvider.Anthropic ? new AnthropicChat(model, transport) : new OpenAiChat(model, transport);
    }

    private static string? Key(ModelSpec model, DiagnosticBag faults)
    {
        if (model.KeyFrom is null) return null;
        string? key = Environment.GetEnvironmentVariable(model.KeyFrom);
        if (string.IsNullOrWhiteSpace(key))
            faults.Error(Codes.BadValue, model.At,
                $"the variable '{model.KeyFrom}', which holds the key of the model '{model.Name}', is not set");
        return key?.Trim();
    }

    // Programs are named relative to the spec that names them.
    private static string? Folder(ModelSpec model) =>
        Path.GetDirectoryName(model.At.File) is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;
}
