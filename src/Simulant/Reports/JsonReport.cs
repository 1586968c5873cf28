using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Validation;

namespace Simulant.Reports;

/// <summary>
/// <c>report.json</c>: the figures for programs. One set has <c>metrics</c> at the top; several stand under <c>sets</c>, each with its
/// own. A figure that was not evaluated is null, with <c>notEvaluated</c> saying why.
/// </summary>
public static class JsonReport
{
    public const string FileName = "report.json";

    /// <summary>The whole file, UTF-8.</summary>
    public static byte[] Write(ReportModel model)
    {
        var root = new JsonObject
        {
            ["format"] = "simulant-report-1",
            ["title"] = model.Title,
            ["command"] = model.Command,
            ["programVersion"] = model.ProgramVersion,
        };
        if (model.Run is { } run)
        {
            root["digest"] = run.Digest;
            root["seed"] = new JsonObject { ["fit"] = run.FitSeed, ["sample"] = run.SampleSeed };
            root["rejections"] = new JsonArray([.. run.Rejections
                .Select(r => new JsonObject { ["rule"] = r.Key, ["count"] = r.Value })]);
            if (run.Asked is { } asked) root["asked"] = AskedJson.Of(asked);
            if (run.Tries.Count > 0) root["tries"] = List(run.Tries, Try);
        }
        if (model.Training is { } training) root["training"] = TrainingJson.Of(training);
        if (model.Unrefined is { } unrefined)
            root["unrefined"] = new JsonObject { ["metrics"] = Metrics(new ReportSet("as drawn", unrefined, [])) };
        if (model.Sets.Count == 1)
        {
            foreach (var (name, value) in Set(model.Sets[0], model.Schema).ToList())
            {
                root.Add(name, value?.DeepClone());
            }
        }
        else
        {
            var sets = new JsonArray();
            foreach (var set in model.Sets)
            {
                var json = Set(set, model.Schema);
                json.Insert(0, "name", set.Name);
                sets.Add((JsonNode)json);
            }
            root["sets"] = sets;
        }
        return CanonicalJson.Write(root, sorted: false);
    }

    private static JsonObject Set(ReportSet set, TableSchema? schema)
    {
        var result = set.Result;
        return new JsonObject
        {
            ["verdict"] = Words.VerdictText(set.Verdict).ToLowerInvariant(),
            ["rows"] = new JsonObject
            {
                ["training"] = result.Rows.Training,
                ["holdout"] = result.Rows.Holdout,
                ["synthetic"] = result.Rows.Synthetic,
            },
            ["metrics"] = Metrics(set),
            ["gates"] = List(set.Gates, g => new JsonObject
            {
                ["metric"] = g.Gate.Metric,
                ["gate"] = g.Gate.Text,
                ["minRows"] = g.Gate.MinRows,
                ["outcome"] = g.Outcome switch
                {
                    GateOutcome.Passed => "passed",
                    GateOutcome.Failed => "failed",
                    _ => "not evaluated",
                },
                ["tested"] = Number(g.Tested),
                ["bound"] = Number(g.Bound),
                ["reason"] = g.Reason,
            }),
            ["columns"] = List(result.Columns, c => Column(c, schema)),
            ["pairs"] = result.Trends is { } trends ? Pairs(trends) : null,
            ["details"] = Details(result),
            ["notChecked"] = List(result.NotChecked, n => new JsonObject { ["what"] = n.What, ["reason"] = n.Reason }),
        };
    }

    private static JsonObject Try(EngineTry one) => new()
    {
        ["engine"] = one.Engine,
        ["chosen"] = one.Chosen,
        ["outcome"] = one.Outcome,
        ["metrics"] = List(one.Figures, f => new JsonObject { ["name"] = f.Key, ["value"] = Number(f.Value) }),
    };

    private static JsonArray Metrics(ReportSet set)
    {
        var list = new JsonArray();
        var reasons = set.Result.Metrics.Select(m => m.NotEvaluated).ToList();
        var figures = Figures.Of(set.Result, set.Gates);
        for (int i = 0; i < figures.Count; i++)
        {
            var f = figures[i];
            var json = new JsonObject
            {
                ["name"] = f.Name,
                ["value"] = Number(f.Value),
                ["reference"] = Number(f.Reference),
                ["low"] = Number(f.Low),
                ["high"] = Number(f.High),
                ["direction"] = f.Direction,
                ["n"] = f.Count,
            };
            if (f.Gate is not null) json["gate"] = f.Gate;
            if (f.Passed is { } passed) json["passed"] = passed;
            if (reasons[i] is { } reason) json["notEvaluated"] = reason;
            list.Add((JsonNode)json);
        }
        return list;
    }

    private static JsonObject Column(ColumnComparison column, TableSchema? schema)
    {
        int at = schema?.IndexOf(column.Name) ?? -1;
        return new JsonObject
        {
            ["name"] = column.Name,
            ["kind"] = at >= 0 ? schema!.Columns[at].Kind.ToString().ToLowerInvariant() : null,
            ["numeric"] = column.IsNumeric,
            ["shape"] = Number(column.Shape),
            ["shapeReference"] = Number(column.ShapeReference),
            ["training"] = Summary(column.Training),
            ["holdout"] = Summary(column.Holdout),
            ["synthetic"] = Summary(column.Synthetic),
        };
    }

    private static JsonObject Summary(ColumnSummary s) => new()
    {
        ["count"] = s.Count,
        ["missing"] = Number(s.Missing),
        ["distinct"] = s.Distinct,
        ["mean"] = Number(s.Mean),
        ["variance"] = Number(s.Variance),
        ["quantiles"] = List(s.Quantiles, Number),
    };

    private static JsonObject Pairs(PairTrends trends) => new()
    {
        ["columns"] = trends.Names.Count,
        ["worst"] = List(trends.Worst, p => new JsonObject
        {
            ["first"] = trends.Names[p.First],
            ["second"] = trends.Names[p.Second],
            ["trend"] = Number(p.Trend),
            ["trendReference"] = Number(p.Reference),
            ["strength"] = Number(p.SyntheticStrength),
            ["strengthReal"] = Number(p.Strength),
        }),
    };

    private static JsonObject Details(ValidationResult result) => new()
    {
        ["quantileLevels"] = List(ColumnSummary.QuantileLevels, Number),
        ["detection"] = List(result.Detection, d => new JsonObject
        {
            ["judge"] = d.Judge,
            ["against"] = d.Against,
            ["auc"] = Number(d.Auc),
            ["folds"] = List(d.FoldAucs, Number),
            ["columns"] = List(d.Columns, c => new JsonObject { ["column"] = c.Column, ["gainShare"] = Number(c.GainShare) }),
        }),
        ["utility"] = result.Utility is { } utility ? new JsonObject
        {
            ["target"] = utility.Target,
            ["task"] = utility.Task.ToString().ToLowerInvariant(),
            ["synthetic"] = Scores(utility.Synthetic),
            ["real"] = Scores(utility.Real),
            ["both"] = utility.Both is { } both ? Scores(both) : null,
        } : null,
        ["fairness"] = result.Fairness is { } fairness ? FairnessJson.Of(fairness) : null,
        ["dcr"] = result.Dcr is { } dcr ? new JsonObject
        {
            ["levels"] = List(dcr.Levels, Number),
            ["thresholds"] = List(dcr.Thresholds, Number),
            ["synthetic"] = List(dcr.Synthetic, Number),
            ["holdout"] = List(dcr.Holdout, Number),
        } : null,
        ["attacks"] = result.Attacks is { } audit ? AttackJson.Of(audit) : null,
        ["tails"] = List(result.Tails, t => new JsonObject
        {
            ["from"] = t.From,
            ["to"] = t.To,
            ["values"] = t.Values,
            ["synthetic"] = Number(t.Synthetic),
            ["holdout"] = Number(t.Holdout),
        }),
        ["constraints"] = List(result.Constraints, c => new JsonObject
        {
            ["rule"] = c.Rule,
            ["training"] = Counted(c.Training),
            ["holdout"] = Counted(c.Holdout),
            ["synthetic"] = Counted(c.Synthetic),
        }),
    };

    private static JsonObject Scores(ModelScores scores) => new()
    {
        ["auc"] = Number(scores.Auc),
        ["macroF1"] = Number(scores.MacroF1),
        ["r2"] = Number(scores.R2),
        ["rmse"] = Number(scores.Rmse),
        ["classes"] = List(scores.Classes, c => new JsonObject
        {
            ["label"] = c.Label,
            ["n"] = c.HoldoutCount,
            ["auc"] = Number(c.Auc),
            ["f1"] = Number(c.F1),
            ["precision"] = Number(c.Precision),
            ["recall"] = Number(c.Recall),
        }),
    };

    private static JsonNode? Counted(long count) => count < 0 ? null : JsonValue.Create(count);

    private static JsonNode? Number(double value) => CanonicalJson.Number(value);

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);
}
