using System.Reflection;
using System.Runtime.Intrinsics;
using Simulant.Numerics.Random;

namespace Simulant.Runs;

/// <summary>Which program this is.</summary>
public static class ProgramVersion
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Number { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "0.0.0";

    /// <summary>Number, code and instruction set: what must be equal for a run to be continued.</summary>
    public static string Build { get; } =
        $"{Number}+{Code(typeof(ProgramVersion))}.{Code(typeof(RandomStream))} {InstructionSet}";

    /// <summary>The widest vectors in use; sums may differ in their last bits between sets.</summary>
    public static string InstructionSet =>
        Vector512.IsHardwareAccelerated ? "512-bit vectors"
        : Vector256.IsHardwareAccelerated ? "256-bit vectors"
        : Vector128.IsHardwareAccelerated ? "128-bit vectors" : "no vectors";

    private static string Code(Type inside) => inside.Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];
}
