using System.Text;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Specs;
using Simulant.Tabular.Frame;

namespace Simulant.Runs;

/// <summary>The sampler of the engine that <c>auto</c> chose, with the account of how it was chosen.</summary>
internal sealed class AutoSampler(string chosen, IReadOnlyList<EngineTry> tries, ISampler inner)
    : IConditionalSampler, IScoringSampler, ITrained
{
    private const uint Magic = 0x4F_54_55_41; // "AUTO"
    private const int Format = 1;

    public ISampler Inner => inner;
    public IReadOnlyList<EngineTry> Tries => tries;
    public DatasetSchema Schema => inner.Schema;
    public TrainingCurve? Training => (inner as ITrained)?.Training;

    /// <summary>The sampler itself, or the one that was chosen.</summary>
    public static ISampler Unwrap(ISampler sampler) => sampler is AutoSampler auto ? auto.Inner : sampler;

    public Dataset Sample(ItemRange items, RunContext run) => inner.Sample(items, run);

    public ISampler Where(Expression condition) => Conditional.Where(condition);

    public ISampler Given(Func<long, string> textOf, Func<string, long, Expression> parse) => Conditional.Given(textOf, parse);

    public ISampler Given(Table known, bool fill, Func<long, string> textOf, Func<string, long, Expression> parse) =>
        Conditional.Given(known, fill, textOf, parse);

    public IReadOnlyList<string> Learned => Conditional.Learned;

    public bool CanScore => inner is IScoringSampler { CanScore: true };

    public RowScores Score(Table rows, int orders, RunContext run) => inner is IScoringSampler scoring
        ? scoring.Score(rows, orders, run) : throw new InvalidOperationException("the model has no likelihood");

    private IConditionalSampler Conditional => inner as IConditionalSampler
        ?? throw new UsageException($"a model of the engine '{chosen}' cannot be asked for rows under a condition");

    public void Save(Stream to)
    {
        using (var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Format);
            writer.Write(chosen);
            writer.Write(tries.Count);
            foreach (var one in tries)
            {
                writer.Write(one.Engine);
                writer.Write(one.Chosen);
                writer.Write(one.Outcome);
                writer.Write(one.Figures.Count);
                foreach (var (name, value) in one.Figures)
                {
                    writer.Write(name);
                    writer.Write(value);
                }
            }
        }
        inner.Save(to);
    }

    /// <param name="engineOf">The engine of a name.</param>
    public static AutoSampler Load(Stream from, Func<string, Engine?> engineOf)
    {
        string chosen;
        var tries = new List<EngineTry>();
        using (var reader = new BinaryReader(from, Encoding.UTF8, leaveOpen: true))
        {
            if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Format)
                throw new InvalidDataException("these are not the bytes of a model of the engine 'auto' of this version");
            chosen = reader.ReadString();
            for (int left = reader.ReadInt32(); left > 0; left--)
            {
                var (engine, taken, outcome) = (reader.ReadString(), reader.ReadBoolean(), reader.ReadString());
                var figures = new List<KeyValuePair<string, double>>();
                for (int more = reader.ReadInt32(); more > 0; more--) figures.Add(new(reader.ReadString(), reader.ReadDouble()));
                tries.Add(new EngineTry(engine, taken, outcome, figures));
            }
        }
        var winner = engineOf(chosen) ?? throw new InvalidDataException($"it was chosen from engines this program has not: '{chosen}'");
        return new AutoSampler(chosen, tries, winner.Load(from));
    }
}
