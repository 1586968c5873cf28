namespace Simulant.Tabular.Latent;

/// <summary>The first byte of a model's own: how it sees columns.</summary>
internal enum ModelKind : byte
{
    /// <summary>Modes and places, as published.</summary>
    Modes,

    /// <summary>A chain of codes: the repaired network.</summary>
    Chain,
}
