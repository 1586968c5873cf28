namespace Simulant.Numerics.Tensors.Training;

/// <summary>The learning rate by step: a linear warm-up, then constant or half a cosine down to a floor.</summary>
/// <param name="Rate">Its height after the warm-up.</param>
/// <param name="WarmUp">Steps of warm-up: step s of them has (s + 1) / WarmUp of the rate.</param>
/// <param name="Total">Steps in all, for the cosine (Loshchilov and Hutter 2017, equation 5); 0 keeps the rate.</param>
/// <param name="Floor">What the cosine ends at, and stays at.</param>
public sealed record Schedule(float Rate, long WarmUp = 0, long Total = 0, float Floor = 0)
{
    /// <summary>The rate of step 0, 1, ...</summary>
    public float At(long step)
    {
        if (step < WarmUp) return (float)((double)Rate * (step + 1) / WarmUp);
        if (Total <= WarmUp) return Rate;
        double done = Math.Min(1, (double)(step - WarmUp) / (Total - WarmUp));
        return (float)(Floor + (Rate - Floor) * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }
}
