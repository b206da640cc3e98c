namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The memory that the models loaded in the model host take, in bytes.</summary>
/// <param name="BusyBytes">The memory of models that are answering.</param>
/// <param name="IdleBytes">The memory of models that would be unloaded for another.</param>
public sealed record HostLoad(long BusyBytes, long IdleBytes)
{
    public static HostLoad None { get; } = new(0, 0);

    /// <summary>The resident memory of the model host's process; null where it is not known.</summary>
    public long? ProcessBytes { get; init; }

    /// <summary>The file names of the loaded models, without extension.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
