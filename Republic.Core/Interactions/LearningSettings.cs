using Republic.Core.Interactions.PersonalData;

namespace Republic.Core.Interactions;

/// <summary>How a minion learns from its person's chats. None is made before the person decides something.</summary>
public sealed class LearningSettings
{
    public required Guid MinionId { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>What happens to each kind of personal data. A kind without a rule was not reviewed, and pairs with it wait.</summary>
    public IReadOnlyDictionary<PersonalDataKind, PersonalDataRule> Rules { get; set; } =
        new Dictionary<PersonalDataKind, PersonalDataRule>();

    /// <summary>True where answers may be learned whose prompt held memories of the person.</summary>
    public bool AllowsMemories { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Settings of a minion for which nothing was decided yet.</summary>
    internal static LearningSettings New(Guid owner, Guid minion, DateTimeOffset now) =>
        new()
        {
            MinionId = minion,
            OwnerId = owner,
            UpdatedAt = now,
        };
}
