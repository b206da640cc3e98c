using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Schedules;

/// <summary>A schedule as its owner sees it.</summary>
/// <param name="Origin">What its runs learn from: datasets, or the chats with the minion.</param>
/// <param name="Day">A day of the week, or <c>every</c>.</param>
/// <param name="Sentence">When, in words.</param>
/// <param name="NextAt">Null while it is paused.</param>
/// <param name="Skipped">Why the last time was skipped; null where a run was made.</param>
/// <param name="Stopped">Why its run was paused, and when it goes on with it; null where there is no such run.</param>
public sealed record ScheduleCard(
    Guid Id,
    string Name,
    Guid MinionId,
    string MinionName,
    RunOrigin Origin,
    IReadOnlyList<Guid> DatasetIds,
    TrainingType TrainingType,
    IReadOnlyList<Guid> CollectionIds,
    TrainingConfig Config,
    string Day,
    string At,
    string? Until,
    string TimeZone,
    string Sentence,
    bool Paused,
    DateTimeOffset? NextAt,
    Guid? LastJobId,
    DateTimeOffset? LastAt,
    string? Skipped,
    string? Stopped
);
