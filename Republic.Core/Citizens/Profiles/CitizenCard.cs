using System.Text.Json.Serialization;
using Republic.Core.Citizens.Capabilities;
using Republic.Core.Citizens.Fields;

namespace Republic.Core.Citizens.Profiles;

/// <summary>A citizen as pages and the API show it.</summary>
public sealed record CitizenCard
{
    public required Guid Id { get; init; }
    public required CitizenKind Kind { get; init; }

    /// <summary>True for oneself and one's minions. Of other people only names, face, traits, skills, interests and capabilities are shown.</summary>
    [JsonIgnore]
    public bool IsOwn { get; init; }
    public required string DisplayName { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }

    /// <summary>One emoji.</summary>
    public string? Avatar { get; init; }
    public string? AvatarUrl { get; init; }

    /// <summary>Null on the cards of everybody else than oneself.</summary>
    public string? Username { get; init; }

    /// <summary>The e-mail address; null on the cards of everybody else than oneself.</summary>
    public string? Email { get; init; }
    public required IReadOnlyList<string> PersonalityTraits { get; init; }
    public required IReadOnlyList<string> Skills { get; init; }
    public required IReadOnlyList<string> Interests { get; init; }
    public PreferredModel? LlmModel { get; init; }
    public PreferredModel? EmbeddingModel { get; init; }
    public required bool IsActive { get; init; }

    /// <summary>The person who made this minion; null for people.</summary>
    public Guid? CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>A person's last sign-in that still holds; null for minions, which never sign in.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>A person's last request, or a minion's last answer in a chat.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The best first.</summary>
    public required IReadOnlyList<CapabilityCard> Capabilities { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<CustomFieldCard> CustomFields { get; init; }
}
