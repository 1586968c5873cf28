using Simulant.Provenance;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Runs;

/// <summary>A checked spec with the command line's wishes in it, and the engine it calls for.</summary>
internal sealed record Job(string Path, byte[] Bytes, Spec Spec, Engine Engine)
{
    private static readonly string[] FolderFiles = ["spec.yaml", "spec.yml", "spec.json"];

    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>Folder that the spec's relative paths start from.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? "";

    /// <exception cref="SpecException">With every fault of the spec.</exception>
    public static Job Load(MakeRequest request, EngineTable engines)
    {
        var faults = new DiagnosticBag();
        var job = Read(request, engines, faults);
        faults.ThrowIfErrors();
        return job! with { Warnings = faults.All };
    }

    /// <summary>Every fault of a spec, errors and warnings.</summary>
    public static IReadOnlyList<Diagnostic> Check(string spec, EngineTable engines)
    {
        var faults = new DiagnosticBag();
        Read(new MakeRequest(spec), engines, faults);
        return [.. faults.All.OrderBy(d => d.At.Line).ThenBy(d => d.At.Column)];
    }

    /// <summary>The spec as a model file holds it, under the wishes of the run that made it; null after faults.</summary>
    public static Spec? Restore(ModelFile model)
    {
        var faults = new DiagnosticBag();
        string name = model.Header.SpecName;
        if (SpecText.Decode(model.Spec, name, faults) is not { } text
            || SpecReader.Parse(text, name, faults, rowsGiven: true) is not { } spec)
            return null;
        return With(spec, model.Header.Rows, model.Header.FitSeed, model.Header.SampleSeed);
    }

    private static Job? Read(MakeRequest request, EngineTable engines, DiagnosticBag faults)
    {
        if (SpecText.Resolve(request.Spec, faults) is not { } path || SpecText.Read(path, faults) is not { } text) return null;
        var spec = SpecReader.Parse(text, path, faults, MetricNames.All, engines.Names, request.Rows is not null,
            engines.Recipes, engines.Worlds);
        if (spec is null) return null;
        OfItsKind(spec, faults);
        if (spec.Supplement is { } supplement && request.Rows is not null)
            faults.Error(Codes.Contradiction, supplement.At, "'supplement' decides how many rows there are; leave --rows out");
        spec = With(spec, request.Rows, request.Seed, request.Seed);
        var engine = engines.Of(spec, faults);
        return engine is null ? null : new Job(path, File.ReadAllBytes(path), spec, engine);
    }

    /// <summary>Under what conditions the bytes of the output are what they are.</summary>
    public RunPlan Plan(MakeRequest request, IReadOnlyList<SourceFile> inputs) => new()
    {
        Spec = FileHash.OfBytes(Bytes),
        Inputs = inputs,
        FitSeed = Spec.FitSeed,
        SampleSeed = Spec.SampleSeed,
        Rows = request.Rows,
        Shards = request.Shards,
        Program = ProgramVersion.Build,
    };

    /// <summary>The command that makes the result again, without this machine's paths.</summary>
    public string Command(MakeRequest request)
    {
        string name = System.IO.Path.GetFileName(Path);
        if (FolderFiles.Contains(name))
            name = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        string command = $"simulant make {CommandText.Word(name)}";
        if (request.Rows is { } rows) command += $" --rows {rows}";
        if (request.Seed is { } seed) command += $" --seed {seed}";
        return command;
    }

    /// <summary>A gate on a figure that is never measured of this kind of data could only fail.</summary>
    private static void OfItsKind(Spec spec, DiagnosticBag faults)
    {
        (string Kind, string Told, IReadOnlyList<string> Names)[] owned =
            [(Engine.Text, "texts", MetricNames.Text), (Engine.Scene, "scenes", MetricNames.Scenes)];
        foreach (var gate in spec.Gates.Where(g => MetricNames.All.Contains(g.Metric)))
        {
            if (spec is { Kind: Engine.Scene, Source: null } && MetricNames.RealPictures.Contains(gate.Metric))
                faults.Error(Codes.MissingKey, gate.At, $"'{gate.Metric}' compares with real pictures, and the spec names none; add "
                    + "'source: FOLDER', or remove the gate");
            var (kind, told, _) = owned.FirstOrDefault(o => o.Names.Contains(gate.Metric), (Engine.Table, "tables", []));
            if (kind == spec.Kind || gate.Metric == MetricNames.Duplicates) continue;
            var mine = owned.FirstOrDefault(o => o.Kind == spec.Kind);
            faults.Error(Codes.Contradiction, gate.At, $"'{gate.Metric}' is a figure of {told}, and the spec's kind is {spec.Kind}; "
                + (mine.Names is null ? "remove the gate" : $"choose one of {MetricNames.Duplicates}, {string.Join(", ", mine.Names)}"));
        }
    }

    private static Spec With(Spec spec, long? rows, ulong? fitSeed, ulong? sampleSeed) => spec with
    {
        Rows = rows ?? spec.Rows,
        FitSeed = fitSeed ?? spec.FitSeed,
        SampleSeed = sampleSeed ?? spec.SampleSeed,
    };
}
