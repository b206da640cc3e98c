using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Training;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Runs;

namespace Republic.Tests.World;

/// <summary>A run that trains weights, as a node has it that works on it just now. What it tells is the test's to say.</summary>
public sealed class PlayedRun
{
    private readonly RunJournal journal;

    private PlayedRun(Guid id, RunJournal journal) => (Id, this.journal) = (id, journal);

    public Guid Id { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<PlayedRun> NewAsync(IServiceProvider services, Inhabitant person)
    {
        var minion = await person.NewMinionAsync("pupil");
        var run = await TrainingWorld.NewJobAsync(
            person,
            minion.Id,
            [await TrainingWorld.NewDatasetAsync(person, 4)],
            TrainingWorld.Short()
        );
        var now = TimeProvider.System.GetUtcNow();
        var job = new Job
        {
            OwnerId = person.Id,
            Kind = TrainingWork.KindOfJob,
            Subject = run,
            Status = JobStatus.Running,
            Epoch = 1,
            Attempts = 1,
            CreatedAt = now,
            // Nobody takes it over for being silent.
            HeartbeatAt = now.AddHours(1),
        };
        await using var db = await services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);
        db.Jobs.Add(job);
        await db.SaveChangesAsync(Ct);
        await db.TrainingJobs.Where(j => j.Id == run).ExecuteUpdateAsync(set => set.SetProperty(j => j.WorkId, job.Id), Ct);
        return new PlayedRun(
            run,
            services.GetRequiredService<RunJournals>().Open(new JobRun(job, services.GetRequiredService<JobSlots>()), [])
        );
    }

    /// <summary>A loss that falls evenly, with rows held out at the beginning, in the middle and at the end.</summary>
    public static LossPoint[] Curve(int steps) =>
        [
            new("validation", 0, 4.5, null, null),
            .. Enumerable.Range(1, steps).Select(step => new LossPoint("train", step, 4 - (3.0 * step / steps), 64L * step, 0.001)),
            new("validation", steps / 2, 2.5, null, null),
            new("validation", steps, 1.5, null, null),
        ];

    public Task TellAsync(params IEnumerable<LossPoint> points) =>
        journal.TellAsync([.. points.Select(point => ("loss", (object)point))], null, Ct);
}
