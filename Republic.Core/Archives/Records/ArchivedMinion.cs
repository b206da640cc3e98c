using System.Text.Json;
using Republic.Core.Minions;

namespace Republic.Core.Archives.Records;

/// <summary>What an archive says of a minion beside its card: <c>minions/&lt;id&gt;/minion.json</c>.</summary>
internal sealed record ArchivedMinion(Guid Id, string DisplayName)
{
    public string? Provider { get; init; }

    /// <summary>Deleted there, and in the archive for its chats.</summary>
    public bool IsDeleted { get; init; }

    public bool IsFavorite { get; init; }

    public bool IsActive { get; init; } = true;

    public JsonElement? Metadata { get; init; }

    /// <summary>Where it may be asked beside its own model, without keys and addresses.</summary>
    public IReadOnlyList<ArchivedModel> Fallbacks { get; init; } = [];

    public ArchivedCitizen? Citizen { get; init; }

    /// <summary>Which stages its answers go through; null: those of a new minion.</summary>
    public MinionPipeline? Pipeline { get; init; }

    /// <summary>The collections that a person linked.</summary>
    public IReadOnlyList<ArchivedLink> Collections { get; init; } = [];

    /// <summary>Whether <c>avatar.png</c> is there.</summary>
    public bool HasAvatar { get; init; }

    public ArchivedFigures? Figures { get; init; }

    public IReadOnlyList<ArchivedVersion> Versions { get; init; } = [];
}
