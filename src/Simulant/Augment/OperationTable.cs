using Simulant.Augment.Operations;
using Simulant.Images;

namespace Simulant.Augment;

/// <summary>The table of operations: policies, guide and benchmark go by it.</summary>
public static class OperationTable
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. GeometricOperations.All, .. ColourOperations.All, .. BlurOperations.All, .. NoiseOperations.All, .. WeatherOperations.All,
        .. DamageOperations.All, .. MixingOperations.All,
    ];
}
