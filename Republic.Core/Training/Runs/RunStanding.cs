using System.Text.Json;
using Republic.Core.Jobs;

namespace Republic.Core.Training.Runs;

/// <summary>How a run stands, by the job that does its work.</summary>
/// <param name="Progress">0 to 1.</param>
/// <param name="Live">While it works.</param>
/// <param name="CurrentStep">The first that is not done; 8 when all are.</param>
/// <param name="ErrorMessage">Why it stands still; null where it does not.</param>
/// <param name="HeldUntil">When it is begun again by itself; null where it is not held.</param>
internal sealed record RunStanding(
    TrainingStatus Status,
    double Progress,
    RunProgress? Live,
    int CurrentStep,
    string? ErrorMessage,
    DateTimeOffset? HeldUntil
)
{
    /// <param name="work">Null before the run is started.</param>
    /// <param name="done">Steps.</param>
    public static RunStanding Of(Job? work, int done)
    {
        var status = TrainingFilter.StatusOf(work?.Status);
        return new RunStanding(
            status,
            work?.Progress ?? 0,
            status == TrainingStatus.Running && work!.Detail is { } detail
                ? JsonSerializer.Deserialize<RunProgress>(detail, TrainingJson.Options)
                : null,
            Math.Min(done, (int)StepName.Finalize),
            status is TrainingStatus.Failed or TrainingStatus.Paused or TrainingStatus.Stopped ? work!.Error
                : work?.HeldUntil is null ? null
                : $"{work.Phase}.",
            work?.HeldUntil
        );
    }
}
