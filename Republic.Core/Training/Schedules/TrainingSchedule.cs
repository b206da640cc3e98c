using System.Globalization;
using Republic.Core.Data;
using Republic.Core.Times;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Schedules;

/// <summary>Runs that are made again and again, for what is new in their datasets.</summary>
public sealed class TrainingSchedule : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required Guid MinionId { get; set; }

    public required string Name { get; set; }

    public RunOrigin Origin { get; init; }

    /// <summary>The datasets that its runs learn from; none where the rows come from the person's chats.</summary>
    public required List<Guid> DatasetIds { get; set; }

    /// <summary>As asked for; what was left out is filled in for each run.</summary>
    public required ScheduleConfig Config { get; set; }

    public DayOfWeek? Day { get; set; }

    public TimeOnly At { get; set; }

    public TimeOnly? Until { get; set; }

    public string TimeZone { get; set; } = "UTC";

    public bool IsPaused { get; set; }

    /// <summary>Null while it is paused.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>When the hours of that time end.</summary>
    public DateTimeOffset? ClosesAt { get; set; }

    /// <summary>The id that the next run will have: however many nodes make it, and however often one dies over it, it is one run.</summary>
    public Guid NextRun { get; set; }

    /// <summary>The newest versions of the datasets when the last run was made.</summary>
    public IReadOnlyDictionary<Guid, int> SeenVersions { get; set; } = new Dictionary<Guid, int>();

    public Guid? LastRun { get; set; }

    /// <summary>
    /// The job that does the last run, where its time had hours. A run whose job is another was started by the person since, and is theirs.
    /// </summary>
    public Guid? WorkId { get; set; }

    /// <summary>When the hours of that job end; null once it was stopped for it.</summary>
    public DateTimeOffset? WorkEndsAt { get; set; }

    /// <summary>When it last made a run or skipped one.</summary>
    public DateTimeOffset? LastAt { get; set; }

    /// <summary>Why the last time was skipped; null where a run was made.</summary>
    public string? Skipped { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public ScheduleTime Time
    {
        get => new(Day, At, Until, TimeZone);
        set => (Day, At, Until, TimeZone) = (value.Day, value.At, value.Until, value.TimeZone);
    }

    /// <summary>When it goes on with a run that is not done, in words; null while it is paused.</summary>
    internal string? Continues =>
        NextAt is { } next ? $"It continues on {Time.Local(next).ToString("dddd d MMM 'at' HH:mm", CultureInfo.InvariantCulture)}." : null;

    /// <summary>The first time after this moment; one that was missed before is not made up for a second time.</summary>
    internal void Plan(DateTimeOffset now)
    {
        if (IsPaused)
        {
            (NextAt, ClosesAt) = (null, null);
            return;
        }

        (NextAt, ClosesAt) = Time.Next(now);
        NextRun = Guid.CreateVersion7(NextAt.Value);
    }
}
