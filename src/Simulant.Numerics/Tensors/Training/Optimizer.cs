namespace Simulant.Numerics.Tensors.Training;

/// <summary>
/// Moves a store's trainable parameters along its gradients. Its memory of earlier steps is part of a checkpoint.
/// </summary>
public abstract class Optimizer(ParameterStore store)
{
    protected ParameterStore Store { get; } = store;

    /// <summary>Steps done.</summary>
    public long Steps { get; set; }

    /// <summary>What it remembers, by name, each as long as the store; to be copied out of and into.</summary>
    public abstract IReadOnlyList<(string Name, float[] Values)> Memory { get; }

    /// <summary>One step from the store's gradients.</summary>
    public void Step(float learningRate)
    {
        Steps++;
        foreach (var parameter in Store.Parameters)
            if (parameter.Trainable) Move(parameter.Offset, parameter.Tensor.Length, learningRate, parameter.Decays);
    }

    /// <summary>The same for a part of the buffer.</summary>
    protected abstract void Move(int offset, int length, float learningRate, bool decays);
}
