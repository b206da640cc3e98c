using System.Text.Json;

namespace Republic.Core.Archives.Records;

/// <summary>A version of a minion. Its weights are an entry of their own.</summary>
/// <param name="Number">0 is the minion before its first training.</param>
internal sealed record ArchivedVersion(Guid Id, int Number, string Provider, string ModelId)
{
    public int? FromVersion { get; init; }

    public IReadOnlyList<Guid> DatasetIds { get; init; } = [];

    public string? SystemPrompt { get; init; }

    public bool LoraEnabled { get; init; }

    public JsonElement? LoraConfig { get; init; }

    public string? EnhancedSystemPrompt { get; init; }

    public JsonElement? TraitConfiguration { get; init; }

    public int TraitSlotsUsed { get; init; }

    public int TraitPointsSpent { get; init; }

    /// <summary>The name that the weights have there; that of their entry is made of it.</summary>
    public string? Adapter { get; init; }

    public string? StyleAdapter { get; init; }

    public string? StyleModel { get; init; }

    public IReadOnlyList<Guid> CollectionIds { get; init; } = [];

    public string? AdapterSha256 { get; init; }

    public string? BaseSha256 { get; init; }

    /// <summary>The gate's verdict there.</summary>
    public string? Verdict { get; init; }

    public string? RunName { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
