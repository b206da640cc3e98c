namespace Republic.Core.Memories;

/// <summary>What a person writes of a memory; what is left out stays as it is.</summary>
/// <param name="Importance">0 to 1.</param>
public sealed record MemoryInput(string? Content, double? Importance = null)
{
    /// <summary>In place of all that there are (<see cref="MemoryMetaData"/>).</summary>
    public IReadOnlyDictionary<string, string?>? MetaData { get; init; }
}
