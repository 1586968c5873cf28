namespace Simulant.Tabular.Diffusion;

/// <summary>
/// The denoiser D from the network F, in the symbols of Karras, Aittala, Aila and Laine, "Elucidating the design space of
/// diffusion-based generative models" (2022), table 1 and equation 7: D(x; sigma) = c_skip x + c_out F(c_in x, c_noise).
/// </summary>
/// <remarks>
/// sigma: standard deviation of the noise in x = y + sigma n. sigma_data: that of the data y, here 1, since scores are standard
/// normal. c_skip, c_out: chosen so that F has targets of variance 1 and errors of F are amplified least. c_in: gives F inputs
/// of variance 1. c_noise: how F is told sigma. The weight lambda = 1 / c_out^2 makes the loss that of F itself. A choice's D is
/// Height times the softmax of F + Height x / sigma^2: the second part is what its own noisy numbers say by Bayes' theorem, so F
/// adds what the other columns say (Dieleman and others, "Continuous diffusion for categorical data", 2022, for the cross-entropy).
/// </remarks>
internal static class Preconditioning
{
    public static float CSkip(float sigma) => 1 / (sigma * sigma + 1);

    public static float COut(float sigma) => sigma / MathF.Sqrt(sigma * sigma + 1);

    public static float CIn(float sigma) => 1 / MathF.Sqrt(sigma * sigma + 1);

    public static float CNoise(float sigma) => MathF.Log(sigma) / 4;

    /// <summary>What a choice's own numbers add to its logits.</summary>
    public static float OwnLogit(float sigma, float x) => RowLayout.Height * x / (sigma * sigma);
}
