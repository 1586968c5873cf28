using Simulant.Bench.Quality;
using Simulant.Bench.Speed;
using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Bench;

internal static class EntryPoint
{
    private static int Main(string[] args)
    {
        try
        {
            return args switch
            {
                ["quality", .. var rest] => QualityCommand.Run(rest, Console.Out),
                ["splits", .. var rest] => SplitsCommand.Run(rest, Console.Out),
                ["conditions", .. var rest] => ConditionsCommand.Run(rest, Console.Out),
                ["imputation", .. var rest] => ImputationCommand.Run(rest, Console.Out),
                ["anomalies", .. var rest] => AnomalyCommand.Run(rest, Console.Out),
                ["fairness", .. var rest] => FairnessCommand.Run(rest, Console.Out),
                ["imbalance", .. var rest] => ImbalanceCommand.Run(rest, Console.Out),
                ["scaling", .. var rest] => ScalingCommand.Run(rest, Console.Out),
                ["privacy", .. var rest] => PrivacyCommand.Run(rest, Console.Out),
                ["audit", .. var rest] => AuditCommand.Run(rest, Console.Out),
                ["signs", .. var rest] => SignsCommand.Run(rest, Console.Out),
                ["blender", .. var rest] => BlenderCommand.Run(rest, Console.Out),
                ["student", .. var rest] => StudentCommand.Run(rest, Console.Out),
                ["recipe-client", .. var rest] => RecipeClient.Run(rest, Console.Out),
                ["http-floor", .. var rest] => HttpFloor.Run(rest, Console.Out),
                ["model-stub", .. var rest] => ModelsBench.Stub(rest, Console.In, Console.Out),
                _ => Benchmarks.Run(args, Console.Out, Console.Error),
            };
        }
        catch (Exception e) when (e is ArgumentException or DataException or SpecException)
        {
            Console.Error.WriteLine($"bench: {e.Message}");
            return 2;
        }
    }
}
