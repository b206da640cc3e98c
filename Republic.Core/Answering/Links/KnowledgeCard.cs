using System.Text.Json.Serialization;
using Republic.Core.Minions;

namespace Republic.Core.Answering.Links;

/// <summary>What a minion answers from, and through which stages.</summary>
public sealed record KnowledgeCard
{
    [JsonIgnore]
    public Minion Minion { get; init; } = null!;

    /// <summary>Those that it is linked to.</summary>
    public IReadOnlyList<CollectionChoice> Collections => [.. Choices.Where(choice => choice.IsLinked)];

    public required MinionPipeline Stages { get; init; }

    /// <summary>All collections of its person.</summary>
    [JsonIgnore]
    public IReadOnlyList<CollectionChoice> Choices { get; init; } = [];

    /// <summary>Its own model runs on this machine, so that style and generation are one stage.</summary>
    [JsonIgnore]
    public bool RunsHere { get; init; }

    /// <summary>A style was trained for it that can draft.</summary>
    [JsonIgnore]
    public bool CanDraft => !RunsHere && Minion.StyleModel is not null;
}
