namespace Simulant.Runs;

/// <summary>A request that cannot be met as it was made, decidable without opening data: an output folder that is taken, a shard
/// that does not exist, a damaged model. Exit code 2.</summary>
public sealed class UsageException(string message) : Exception(message);
