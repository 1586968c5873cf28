namespace Simulant.Validation.Text;

/// <summary>
/// How far two distributions over the same cells are apart, as one number from 0 to 1: the area under the curve of
/// (exp(-c KL(Q|R)), exp(-c KL(P|R))) over mixtures R of P and Q, c = 5. 1 where they are equal. Source: Pillutla et al., "MAUVE", NeurIPS
/// 2021, equations 1 to 3.
/// </summary>
internal static class DivergenceFrontier
{
    private const double Scale = 5;

    /// <param name="p">Counts or weights, any scale; as many cells as <paramref name="q"/>.</param>
    /// <param name="steps">Mixtures that are computed, spread evenly.</param>
    /// <returns>NaN where either is empty.</returns>
    public static double Area(ReadOnlySpan<double> p, ReadOnlySpan<double> q, int steps = 100)
    {
        double ps = 0, qs = 0;
        for (int i = 0; i < p.Length; i++) (ps, qs) = (ps + p[i], qs + q[i]);
        if (!(ps > 0 && qs > 0)) return double.NaN;
        // From R = P, where nothing of P is lost, to R = Q.
        var (x, y, area) = (0.0, 1.0, 0.0);
        for (int s = 1; s < steps; s++)
        {
            double share = 1 - (double)s / steps, lostQ = 0, lostP = 0;
            for (int i = 0; i < p.Length; i++)
            {
                double a = p[i] / ps, b = q[i] / qs, r = share * a + (1 - share) * b;
                if (b > 0) lostQ += b * Math.Log(b / r);
                if (a > 0) lostP += a * Math.Log(a / r);
            }
            var (nextX, nextY) = (Math.Exp(-Scale * lostQ), Math.Exp(-Scale * lostP));
            area += (nextX - x) * (nextY + y) / 2;
            (x, y) = (nextX, nextY);
        }
        return Math.Clamp(area + (1 - x) * y / 2, 0, 1);
    }
}
