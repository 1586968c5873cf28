using Simulant.Numerics.Trees;

namespace Simulant.Tabular.Trees;

/// <summary>The bytes of a boosted model.</summary>
internal static class LogitModelFile
{
    public static void Save(LogitModel model, BinaryWriter to)
    {
        to.Write(model.Intercept);
        to.Write(model.Roots.Length);
        foreach (int root in model.Roots) to.Write(root);
        to.Write(model.Nodes.Length);
        foreach (var node in model.Nodes)
        {
            to.Write(node.Child);
            if (node.IsLeaf)
            {
                to.Write(node.Value);
                continue;
            }
            to.Write(node.Feature);
            to.Write(node.Left.A);
            to.Write(node.Left.B);
            to.Write(node.Left.C);
            to.Write(node.Left.D);
        }
    }

    public static LogitModel Load(BinaryReader from)
    {
        double intercept = from.ReadDouble();
        int[] roots = new int[from.ReadInt32()];
        for (int i = 0; i < roots.Length; i++) roots[i] = from.ReadInt32();
        var nodes = new LogitNode[from.ReadInt32()];
        for (int i = 0; i < nodes.Length; i++) nodes[i] = LoadNode(from);
        return new LogitModel(intercept, roots, nodes);
    }

    private static LogitNode LoadNode(BinaryReader from)
    {
        int child = from.ReadInt32();
        if (child == 0) return LogitNode.Leaf(from.ReadSingle());
        ushort feature = from.ReadUInt16();
        var left = new Mask256(from.ReadUInt64(), from.ReadUInt64(), from.ReadUInt64(), from.ReadUInt64());
        return LogitNode.Split(feature, left, child);
    }
}
