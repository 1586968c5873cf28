using Simulant.Numerics.Random;

namespace Simulant.Numerics.Text;

/// <summary>
/// Logistic regression over <see cref="HashedBag"/>s, by AdaGrad (Duchi, Hazan, Singer, JMLR 2011) on one item at a time in a seeded
/// order, with weights that shrink where they are touched. One thread: the order is the result.
/// </summary>
public sealed class HashedLogistic
{
    private readonly float[] _weights;
    private readonly float _bias;

    private HashedLogistic(float[] weights, float bias) => (_weights, _bias) = (weights, bias);

    /// <summary>Fits a model that tells ones from zeros; each class weighs as much as the other, however many there are.</summary>
    /// <param name="bits">As the bags were made with.</param>
    /// <param name="passes">How often every item is seen.</param>
    /// <param name="shrink">Weight of the squared weights in the loss.</param>
    public static HashedLogistic Fit(IReadOnlyList<HashedBag> items, IReadOnlyList<bool> ones, ulong seed, int bits = 18, int passes = 8,
        double rate = 0.5, double shrink = 1e-5)
    {
        if (items.Count != ones.Count) throw new ArgumentException("one class an item", nameof(ones));
        int positives = ones.Count(one => one);
        if (positives == 0 || positives == items.Count) throw new ArgumentException("both classes are needed", nameof(ones));
        double up = items.Count / (2.0 * positives), down = items.Count / (2.0 * (items.Count - positives));
        var weights = new float[1 << bits];
        var squares = new float[1 << bits];
        double bias = 0, biasSquares = 0;
        var stream = new RandomStream(seed, "text/logistic");
        for (int pass = 0; pass < passes; pass++)
        {
            foreach (int i in stream.Permutation(items.Count, pass))
            {
                var bag = items[i];
                double slope = (Probability(weights, bias, bag) - (ones[i] ? 1 : 0)) * (ones[i] ? up : down);
                for (int k = 0; k < bag.Buckets.Length; k++)
                {
                    int b = bag.Buckets[k];
                    float g = (float)(slope * bag.Values[k] + shrink * weights[b]);
                    squares[b] += g * g;
                    if (squares[b] > 0) weights[b] -= (float)(rate * g / Math.Sqrt(squares[b] + 1e-8));
                }
                biasSquares += slope * slope;
                bias -= rate * slope / Math.Sqrt(biasSquares + 1e-8);
            }
        }
        return new HashedLogistic(weights, (float)bias);
    }

    /// <summary>The log-odds of a one.</summary>
    public double Score(HashedBag bag) => Score(_weights, _bias, bag);

    private static double Probability(float[] weights, double bias, HashedBag bag) => 1 / (1 + Math.Exp(-Score(weights, bias, bag)));

    private static double Score(float[] weights, double bias, HashedBag bag)
    {
        double sum = bias;
        for (int k = 0; k < bag.Buckets.Length; k++) sum += (double)weights[bag.Buckets[k]] * bag.Values[k];
        return sum;
    }
}
