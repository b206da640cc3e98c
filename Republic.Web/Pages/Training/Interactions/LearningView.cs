using Republic.Core.Interactions;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Lora;
using Republic.Core.Training.Schedules;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Interactions;

/// <param name="Last">The newest run from chats; null where there was none.</param>
/// <param name="Weekly">The schedule of such runs; null where there is none.</param>
/// <param name="WeeklyMissing">Why that schedule would make no run now, in words; null where it would.</param>
/// <param name="Sources">By version, those that learned from chats alone.</param>
public sealed record LearningView(
    InteractionSet Set,
    InteractionJob? Last,
    ScheduleCard? Weekly,
    string? WeeklyMissing,
    IReadOnlyDictionary<int, VersionSource> Sources
)
{
    /// <summary>The schedule as it was typed, where it was refused.</summary>
    public RefusedSchedule? Refused { get; init; }

    public string Name => Set.Minion.Citizen.DisplayName;

    /// <summary>True where the next run goes on from the weights in use.</summary>
    public bool GoesOn => Set.Minion.Version > 0 && (Set.Minion.Adapter ?? Set.Minion.StyleAdapter) is not null;

    public VersionSource? InUse => Sources.GetValueOrDefault(Set.Minion.Version);

    /// <summary>A warning where the pairs hold no correction; null otherwise.</summary>
    public string? FewCorrections =>
        Set.Eligible.Count > 0 && Set.Corrections == 0
            ? $"None of these pairs is a correction. A thumb up on what {Name} says already teaches little: correct some answers, so that there is something to learn."
            : null;

    public string Lead =>
        Set.Missing is null
            ? $"{Figures.Count(Set.Eligible.Count, "pair")} of question and answer from your chats can teach {Name} now."
            : $"{Figures.Count(Set.Eligible.Count, Set.Learned > 0 ? "new pair" : "pair")} from your chats could teach {Name}. {(Sources.Count > 0 ? "The next" : "A first")} run needs {Set.NeededNext}.";

    /// <summary>What the next version would learn.</summary>
    public string Next
    {
        get
        {
            if (Set.Eligible.Count == 0)
            {
                return "Nothing new to learn yet.";
            }

            var chats = Set.Eligible.Select(pair => pair.ConversationId).Distinct().Count();
            var begins = GoesOn ? $"build on version {Set.Minion.Version} with" : "learn";
            return $"would {begins} {Figures.Count(Set.Eligible.Count, "pair")} from {Figures.Count(chats, "chat")}";
        }
    }

    /// <summary>Why a run with fewer pairs than it needs cannot start.</summary>
    public string TooFew
    {
        get
        {
            if (Set.Ready >= InteractionSet.Needed)
            {
                return $"A run needs {InteractionSet.FreshNeeded} new ones.";
            }

            var learned = Set.Learned > 0 ? ", those learned already among them" : "";
            return $"With fewer than {InteractionSet.Needed} pairs{learned}, a run tends to teach a tone and to lose other answers, so it cannot start yet. Of rows that you write for it, {LoraSettings.RecommendedRows} are recommended.";
        }
    }
}
