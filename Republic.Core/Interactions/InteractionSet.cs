using Republic.Core.Interactions.PersonalData;
using Republic.Core.Minions;

namespace Republic.Core.Interactions;

/// <summary>What a minion could learn from its person's chats, and what is left out.</summary>
/// <param name="Pairs">All of them, the newest first.</param>
public sealed record InteractionSet(Minion Minion, LearningSettings Settings, IReadOnlyList<InteractionPair> Pairs)
{
    /// <summary>The fewest pairs of a first run: with fewer, it tends to teach a tone and to lose other answers.</summary>
    public const int Needed = 100;

    /// <summary>The fewest pairs of a later run that the version in use did not learn.</summary>
    public const int FreshNeeded = 20;

    public IReadOnlyList<InteractionPair> Eligible { get; } = [.. Pairs.Where(pair => pair.Refusal is null)];

    /// <summary>The number of pairs that the version in use learned and that may still be learned.</summary>
    public int Learned => Refused.GetValueOrDefault(PairRefusal.TrainedBefore);

    public int Corrections => Eligible.Count(pair => pair.IsCorrection);

    /// <summary>The number of pairs that may be learned, with those that the version in use learned; a first run is counted by it.</summary>
    public int Ready => Learned + Eligible.Count;

    public IReadOnlyDictionary<PairRefusal, int> Refused { get; } =
        Pairs
            .Where(pair => pair.Refusal is not null)
            .CountBy(pair => pair.Refusal!.Value)
            .OrderByDescending(count => count.Value)
            .ToDictionary();

    /// <summary>The number of pairs with personal data of each kind, of those that may be learned, would be but for it, or were.</summary>
    public IReadOnlyDictionary<PersonalDataKind, int> PersonalData { get; } =
        Pairs
            .Where(pair => pair.Refusal is null or PairRefusal.PiiUnreviewed or PairRefusal.PiiDropped or PairRefusal.TrainedBefore)
            .SelectMany(pair => pair.PersonalData)
            .CountBy(kind => kind)
            .OrderBy(count => count.Key)
            .ToDictionary();

    /// <summary>The fewest pairs that may be learned of the next run: with what the version in use learned they are as many as a run needs.</summary>
    public int NeededNext => Learned > 0 ? Math.Max(FreshNeeded, Needed - Learned) : Needed;

    /// <summary>What is missing before a run can begin, in words; null where nothing is.</summary>
    public string? Missing =>
        Eligible.Count >= NeededNext ? null
        : Learned == 0 ? MissingAnew
        : $"{Counted.Of(Eligible.Count, "pair")} {Counted.Are(Eligible.Count)} new since version {Minion.Version}, and the next run needs {NeededNext}. {Advice}";

    /// <summary>What is missing before a run from the base can begin, which learns also what the version in use learned.</summary>
    public string? MissingAnew =>
        Ready < Needed ? $"{Counted.Of(Ready)} of {Counted.Of(Needed)} pairs {Counted.Are(Ready)} ready. {Advice}" : null;

    /// <summary>The number of pairs that wait until the person decides about the personal data in them.</summary>
    public int Undecided => Refused.GetValueOrDefault(PairRefusal.PiiUnreviewed);

    /// <summary>What the person can do to have more pairs.</summary>
    public string Advice
    {
        get
        {
            var teach = Refused.ContainsKey(PairRefusal.NotOptedIn) ? $", and let more chats teach {Minion.Citizen.DisplayName}" : "";
            var wait = $"{Counted.Of(Undecided, "pair")} {(Undecided == 1 ? "waits" : "wait")}";
            var decide = Undecided > 0 ? $" Save the rules for personal data, too: {wait} for them." : "";
            return $"Rate more answers above 0.7 or correct them{teach}.{decide}";
        }
    }

    /// <summary>
    /// Says what is missing before a run of its own accord can follow one whose version is not in use: what was refused once would be
    /// refused again. Null where enough is new.
    /// </summary>
    /// <param name="tried">Hashes of what that run learned.</param>
    internal string? MissingAfter(IReadOnlySet<string> tried)
    {
        var fresh = Eligible.Count(pair => !tried.Contains(Convert.ToHexString(pair.Hash)));
        return fresh >= FreshNeeded
            ? null
            : $"{Counted.Of(fresh, "pair")} {Counted.Are(fresh)} new since the last run, whose version did not go into use, and the next run needs {FreshNeeded}. {Advice}";
    }
}
