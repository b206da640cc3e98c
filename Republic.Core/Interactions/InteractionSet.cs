using Republic.Core.Interactions.PersonalData;
using Republic.Core.Minions;

namespace Republic.Core.Interactions;

/// <summary>What a minion could learn from its person's chats, and what is left out.</summary>
/// <param name="Pairs">All of them, the newest first.</param>
public sealed record InteractionSet(Minion Minion, LearningSettings Settings, IReadOnlyList<InteractionPair> Pairs)
{
    /// <summary>With fewer, a run tends to teach a tone and lose other answers.</summary>
    public const int Needed = 100;

    /// <summary>What has to be new since the version in use.</summary>
    public const int FreshNeeded = 20;

    public IReadOnlyList<InteractionPair> Eligible { get; } = [.. Pairs.Where(pair => pair.Refusal is null)];

    /// <summary>That the version in use learned and that might be learned still.</summary>
    public int Learned => Refused.GetValueOrDefault(PairRefusal.TrainedBefore);

    public int Corrections => Eligible.Count(pair => pair.IsCorrection);

    /// <summary>Of all that ever may be learned, what the first run is counted by.</summary>
    public int Ready => Learned + Eligible.Count;

    public IReadOnlyDictionary<PairRefusal, int> Refused { get; } =
        Pairs
            .Where(pair => pair.Refusal is not null)
            .CountBy(pair => pair.Refusal!.Value)
            .OrderByDescending(count => count.Value)
            .ToDictionary();

    /// <summary>How many pairs have personal data of each kind, of those that may be learned or would be but for it.</summary>
    public IReadOnlyDictionary<PersonalDataKind, int> PersonalData { get; } =
        Pairs
            .Where(pair => pair.Refusal is null or PairRefusal.PiiUnreviewed or PairRefusal.PiiDropped)
            .SelectMany(pair => pair.PersonalData)
            .CountBy(kind => kind)
            .OrderBy(count => count.Key)
            .ToDictionary();

    /// <summary>What is missing before a run can begin, in words; null where nothing is.</summary>
    public string? Missing =>
        Ready < Needed ? $"{Ready} of {Needed} pairs are ready. {Advice}"
        : Eligible.Count < FreshNeeded
            ? $"{Eligible.Count} pairs are new since version {Minion.Version}, and a run needs {FreshNeeded}. {Advice}"
        : null;

    /// <summary>How more pairs come about.</summary>
    public string Advice => $"Rate more answers above 0.7 or correct them, and let more chats teach {Minion.Citizen.DisplayName}.";
}
