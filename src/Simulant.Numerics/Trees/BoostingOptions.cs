namespace Simulant.Numerics.Trees;

/// <summary>What the trees minimise.</summary>
public enum BoostingObjective
{
    /// <summary>Labels 0 and 1; one margin; probability = sigmoid(margin).</summary>
    Logistic,

    /// <summary>Labels 0..K-1; K margins; probabilities = softmax.</summary>
    Softmax,

    /// <summary>Any label; the margin is the prediction.</summary>
    SquaredError,
}

/// <summary>Parameters with the meaning and the defaults of XGBoost.</summary>
public sealed record BoostingOptions
{
    public BoostingObjective Objective { get; init; }

    /// <summary>K, for <see cref="BoostingObjective.Softmax"/>, at least 2.</summary>
    public int Classes { get; init; } = 2;

    /// <summary>Rounds, at least 1; softmax grows K trees a round.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Levels of splits, 1 to 16.</summary>
    public int Depth { get; init; } = 6;

    /// <summary>Eta: each leaf's weight is multiplied by it.</summary>
    public double LearningRate { get; init; } = 0.3;

    /// <summary>L2 penalty of leaf weights.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>A split must gain more than this.</summary>
    public double Gamma { get; init; }

    /// <summary>Least sum of second derivatives in a child.</summary>
    public double MinChildWeight { get; init; } = 1;

    /// <summary>
    /// The prediction before the first tree: a probability for logistic, a value for squared error, a margin for softmax. NaN
    /// takes the mean of the labels (logistic and squared error; softmax takes .5).
    /// </summary>
    public double BaseScore { get; init; } = 0.5;
}
