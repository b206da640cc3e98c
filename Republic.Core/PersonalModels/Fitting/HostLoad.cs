namespace Republic.Core.PersonalModels.Fitting;

/// <summary>What the models in the model host's memory take, in bytes.</summary>
/// <param name="BusyBytes">Of those that answer.</param>
/// <param name="IdleBytes">Of those that would give way to another.</param>
public sealed record HostLoad(long BusyBytes, long IdleBytes)
{
    public static HostLoad None { get; } = new(0, 0);

    /// <summary>What the model host's process takes in all; null where it did not say.</summary>
    public long? ProcessBytes { get; init; }

    /// <summary>The names of the files whose models are there.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
