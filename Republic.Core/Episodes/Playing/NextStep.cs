using Republic.Core.Answering.Turns;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Playing;

/// <summary>What is to be done next in a timeline, as it was saved last.</summary>
/// <param name="Row">The step of a minion; null where the director is asked.</param>
internal sealed record NextStep(Episode Episode, Timeline Timeline, EpisodeMachine Machine, Step? Row)
{
    public EpisodeState State => Timeline.State;

    /// <summary>When the step was begun, in the transaction that asked for it; null where it waits to be begun.</summary>
    public DateTimeOffset? BegunAt => Row is { State: TurnState.Streaming } ? Row.StartedAt : null;
}
