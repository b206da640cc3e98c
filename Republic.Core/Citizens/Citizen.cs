namespace Republic.Core.Citizens;

/// <summary>
/// Anybody who can take part: a person or a minion. Chats, tasks and scenarios refer to citizens alone,
/// so a minion can do all that a person can. <c>Person</c> and <c>Minion</c> share this row's id.
/// </summary>
public sealed class Citizen
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required CitizenKind Kind { get; init; }

    public required string DisplayName { get; set; }

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public List<string> PersonalityTraits { get; set; } = [];

    /// <summary>A minion's are what its API calls <c>skillset</c>.</summary>
    public List<string> Skills { get; set; } = [];

    public List<string> Interests { get; set; } = [];

    /// <summary>The model that is chosen beforehand in the form of a new minion of this citizen; null for the one that the app proposes.</summary>
    public PreferredModel? LlmModel { get; set; }

    /// <summary>The model that is chosen beforehand in the form of a new collection of this citizen; null for none.</summary>
    public PreferredModel? EmbeddingModel { get; set; }

    /// <summary>One emoji, or null: people without one are shown by their initials.</summary>
    public string? Avatar { get; set; }

    /// <summary>An uploaded picture, which wins over the emoji.</summary>
    public Guid? AvatarImageId { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>The person who made this minion; null for people.</summary>
    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a person last made a request, or a minion last answered in a chat, as <see cref="LastSeen"/> writes it; null before the first.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }
}
