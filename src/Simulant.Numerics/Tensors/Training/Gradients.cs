using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors.Training;

/// <summary>What is done to gradients between the tape and the optimiser.</summary>
public static class Gradients
{
    /// <summary>Root of the sum of squares of all gradients; not finite if one is not.</summary>
    public static double Norm(ParameterStore store) => Math.Sqrt(Reduce.SumOfSquares(store.Gradients));

    /// <summary>
    /// Scales the gradients down to a norm of at most <paramref name="limit"/> (Pascanu et al. 2013, algorithm 1).
    /// </summary>
    /// <returns>The norm before; where it is not finite the gradients are left alone, and the step should not be taken.</returns>
    public static double Clip(ParameterStore store, double limit)
    {
        double norm = Norm(store);
        if (norm > limit && double.IsFinite(norm)) Map.Run(new MultiplyOf(), store.Gradients, (float)(limit / norm), store.Gradients);
        return norm;
    }
}
