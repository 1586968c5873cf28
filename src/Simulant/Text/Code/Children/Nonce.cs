using System.Security.Cryptography;

namespace Simulant.Text.Code.Children;

/// <summary>
/// A word that goes with each job and comes back with its verdict. A checked program never sees it, so it cannot print a verdict
/// of its own. It leaves no trace in any result, so it need not be addressed.
/// </summary>
internal static class Nonce
{
    public static string Next() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
