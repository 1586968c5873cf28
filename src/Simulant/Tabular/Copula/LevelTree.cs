using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Copula;

/// <summary>
/// A category on several latents: nested thresholds. The first latent decides between groups of levels, further ones within a
/// group; a latent of a branch that was not taken says nothing. With one latent this is the ordered probit; nesting lets
/// levels differ in more than one direction, which an order cannot.
/// </summary>
/// <param name="cuts">By node, pieces of its latent.</param>
/// <param name="next">By node and piece: a level (0 and up; the level count stands for missing), or ~node.</param>
internal sealed class LevelTree(Thresholds[] cuts, int[][] next, int levels) : LatentColumn
{
    public override int Dimensions => cuts.Length;
    public Thresholds[] Cuts => cuts;
    public int[][] Next => next;

    public override void Values(ReadOnlySpan<float[]> latents, double[] into, int count)
    {
        if (cuts.Length == 1)
        {
            float[] z = latents[0];
            int[] outcomes = next[0];
            for (int r = 0; r < count; r++)
            {
                int level = outcomes[cuts[0].Find(z[r])];
                into[r] = level == levels ? double.NaN : level;
            }
            return;
        }
        for (int r = 0; r < count; r++)
        {
            int node = 0;
            while (true)
            {
                int to = next[node][cuts[node].Find(latents[node][r])];
                if (to >= 0)
                {
                    into[r] = to == levels ? double.NaN : to;
                    break;
                }
                node = ~to;
            }
        }
    }

    public override LatentChoice[] Choices(Allowed allowed)
    {
        var choices = new List<LatentChoice>();
        Visit(0, 1, []);
        return [.. choices];

        void Visit(int node, double share, LatentInterval[] path)
        {
            float[] edges = cuts[node].Edges;
            for (int i = 0; i < next[node].Length; i++)
            {
                double piece = share * NormalTail.Between(edges[i], edges[i + 1]);
                if (!(piece > 0)) continue;
                LatentInterval[] here = [.. path, new LatentInterval(node, edges[i], edges[i + 1])];
                int to = next[node][i];
                if (to < 0) Visit(~to, piece, here);
                else if (allowed.Holds(to == levels ? double.NaN : to)) choices.Add(new LatentChoice(piece, here));
            }
        }
    }

    public override void Save(BinaryWriter to)
    {
        to.Write((byte)1);
        to.Write(levels);
        to.Write(cuts.Length);
        for (int node = 0; node < cuts.Length; node++)
        {
            Write(to, cuts[node].Edges);
            foreach (int outcome in next[node]) to.Write(outcome);
        }
    }

    public static LevelTree LoadBody(BinaryReader from)
    {
        int levels = from.ReadInt32(), nodes = from.ReadInt32();
        var cuts = new Thresholds[nodes];
        int[][] next = new int[nodes][];
        for (int node = 0; node < nodes; node++)
        {
            cuts[node] = new Thresholds(ReadSingles(from));
            next[node] = new int[cuts[node].Count];
            for (int i = 0; i < next[node].Length; i++) next[node][i] = from.ReadInt32();
        }
        return new LevelTree(cuts, next, levels);
    }
}
