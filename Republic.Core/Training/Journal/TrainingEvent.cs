using Republic.Core.Events;

namespace Republic.Core.Training.Journal;

/// <summary>Something that a run told while it worked, in order: what a live stream replays, whichever node serves it.</summary>
public sealed class TrainingEvent
{
    /// <summary>Grows within a run: only the node whose epoch counts writes.</summary>
    public long Id { get; init; }

    public required Guid TrainingJobId { get; init; }

    /// <summary>step, loss, log or report.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON.</summary>
    public required string Data { get; init; }

    public required DateTimeOffset At { get; init; }

    public JournalEntry ToEntry() =>
        new()
        {
            Number = Id,
            Kind = Kind,
            Data = Data,
        };
}
