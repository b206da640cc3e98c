using System.Text.Json.Serialization;

namespace Republic.Core.Answering.Links;

/// <summary>A collection as a minion may be linked to it.</summary>
public sealed record CollectionChoice
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Also where an outside client asks with the minion's key.</summary>
    public required bool AnswersOutsideClients { get; init; }

    /// <summary>The version of the minion that brought it; null: a person linked it.</summary>
    public required int? Version { get; init; }

    public required int Documents { get; init; }

    public required int Passages { get; init; }

    [JsonIgnore]
    public bool IsLinked { get; init; }
}
