namespace Republic.Core.Training.Schedules;

/// <summary>Makes the runs of a schedule whose rows come from chats, which this module may not read.</summary>
public interface IChatRuns
{
    /// <param name="known">The id that the run gets: making it twice makes one run.</param>
    /// <returns>Null when the run is made and started. Too few new rows are invalid, and wait for the next time.</returns>
    Task<Failure?> StartAsync(Guid owner, Guid minion, ScheduleConfig config, Guid known, CancellationToken ct);
}
