using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Machine;

/// <summary>
/// Something that happened to an episode. All that the machine needs to know of the world is in here, the time and a random number too, so that
/// the same events always make the same episode.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(StepDone), "step_done")]
[JsonDerivedType(typeof(StepFailed), "step_failed")]
[JsonDerivedType(typeof(PersonActed), "person_acted")]
[JsonDerivedType(typeof(Judged), "judged")]
[JsonDerivedType(typeof(Chosen), "chosen")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(OneStep), "one_step")]
[JsonDerivedType(typeof(Injected), "injected")]
[JsonDerivedType(typeof(Swapped), "swapped")]
[JsonDerivedType(typeof(LimitReached), "limit")]
[JsonDerivedType(typeof(TimedOut), "timer")]
[JsonDerivedType(typeof(Gone), "gone")]
[JsonDerivedType(typeof(Forked), "forked")]
[JsonDerivedType(typeof(Stopped), "stopped")]
[JsonDerivedType(typeof(CallsAwaited), "calls_awaited")]
[JsonDerivedType(typeof(CallsDecided), "calls_decided")]
public abstract record EpisodeEvent
{
    /// <summary>Its number within the timeline, from 1.</summary>
    public long Seq { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>From 0 to below 1, for conditions that read it.</summary>
    public double Random { get; init; }

    /// <param name="Limits">In place of those of the scenario.</param>
    /// <param name="Facts">In place of the values of those facts of the scenario.</param>
    public sealed record Started(
        ImmutableSortedDictionary<string, CastMember> Cast,
        ScenarioLimits Limits,
        ImmutableSortedDictionary<string, JsonElement> Facts
    ) : EpisodeEvent;

    /// <summary>A minion acted.</summary>
    /// <param name="Ask">The number of the entry by which it was asked.</param>
    /// <param name="Label">The outcome; null where none was asked for.</param>
    /// <param name="Cost">Dollars.</param>
    /// <param name="Citizen">The minion.</param>
    public sealed record StepDone(long Ask, string Role, Guid Citizen, string Text, string? Label, double? Score, decimal Cost, long Tokens)
        : EpisodeEvent;

    /// <summary>A minion was asked, or the director, and gave no answer.</summary>
    /// <param name="Error">For people.</param>
    public sealed record StepFailed(long Ask, string Error, decimal Cost, long Tokens) : EpisodeEvent
    {
        /// <summary>No model was reached, so that it is no failure of the step: nobody has tried.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsUntried { get; init; }
    }

    /// <summary>A person acted, or put words in the place of a minion's.</summary>
    public sealed record PersonActed(string Role, Guid Citizen, string Text, string? Label, double? Score) : EpisodeEvent
    {
        /// <summary>The words stand in the place of those of the role's player, as in a fork.</summary>
        public bool InsteadOf { get; init; }

        /// <summary>The transition that is taken after it, whatever the conditions say; null: as they say.</summary>
        public int? Edge { get; init; }
    }

    /// <summary>The director decided.</summary>
    /// <param name="Index">The transition within its state; null: none of those it was asked about.</param>
    public sealed record Judged(long Ask, int? Index, decimal Cost, long Tokens) : EpisodeEvent;

    /// <summary>A person chose a transition.</summary>
    /// <param name="Index">Within its state.</param>
    public sealed record Chosen(int Index, Guid By) : EpisodeEvent;

    /// <param name="Why">For people; null where they did it themselves.</param>
    public sealed record Paused(Guid By, string? Why) : EpisodeEvent;

    /// <summary>It goes on: from a pause, after a step that failed, or with higher limits.</summary>
    /// <param name="Limits">In place of those there were; null: as they are.</param>
    public sealed record Resumed(Guid By, ScenarioLimits? Limits) : EpisodeEvent;

    /// <summary>It goes on until somebody has acted once.</summary>
    public sealed record OneStep(Guid By) : EpisodeEvent;

    /// <summary>A message or a fact from outside.</summary>
    /// <param name="Text">The message; null where it is a fact.</param>
    /// <param name="Fact">The name of the fact, known or new; null where it is a message.</param>
    public sealed record Injected(Guid By, string? Text, string? Fact, JsonElement? Value, ImmutableArray<string> Audience) : EpisodeEvent;

    /// <summary>Somebody else plays a role from now on.</summary>
    public sealed record Swapped(Guid By, string Role, CastMember Member) : EpisodeEvent;

    /// <summary>The next call could pass a limit, and was not made.</summary>
    /// <param name="Ask">The number of the entry by which it was to be made.</param>
    public sealed record LimitReached(long Ask, LimitKind Limit) : EpisodeEvent;

    /// <summary>The deadline of the person who was to act has passed.</summary>
    public sealed record TimedOut : EpisodeEvent;

    /// <summary>The person who was to act cannot any more: their account is deleted or deactivated.</summary>
    public sealed record Gone(string Role, Guid Citizen) : EpisodeEvent;

    /// <summary>The first event of a fork. All before it is its parent's.</summary>
    /// <param name="From">The parent's timeline.</param>
    public sealed record Forked(Guid By, Guid From) : EpisodeEvent;

    public sealed record Stopped(Guid By) : EpisodeEvent;

    /// <summary>A minion that acts asks for tool calls on which the owner is to decide. Its step goes on afterwards.</summary>
    /// <param name="Cost">What the step took so far, in dollars.</param>
    /// <param name="Tokens">The same in tokens.</param>
    public sealed record CallsAwaited(long Ask, decimal Cost, long Tokens) : EpisodeEvent;

    /// <summary>The owner has decided on the calls of the step that waits.</summary>
    public sealed record CallsDecided(long Ask) : EpisodeEvent;
}
