using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Jobs;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A schedule on a node that takes no long work, at whichever moment a test wants it to be.</summary>
public abstract class ScheduleTestBase(IdleRepublic node)
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected IdleRepublic Node { get; } = node;

    protected async Task<(Inhabitant Person, Guid Schedule, Guid Dataset)> NewAsync(
        string name,
        string until = "",
        RunningRepublic? on = null
    )
    {
        var person = await (on ?? Node).NewPersonAsync(name);
        var minion = await person.NewMinionAsync("pupil");
        var dataset = await TrainingWorld.NewDatasetAsync(person, 6);
        await VersionAsync(dataset, 1, on);
        var made = await person.Api.PostAsync(
            $"/api/users/{person.Id}/training-schedules",
            new
            {
                name = "New rows",
                minion_id = minion.Id,
                dataset_ids = new[] { dataset },
                config = new JsonObject { ["repeats"] = 1 },
                day = "sunday",
                at = "03:00",
                until,
                time_zone = "Europe/Berlin",
            }
        );
        return (person, made["schedule"]!["id"]!.GetValue<Guid>(), dataset);
    }

    /// <summary>As a node whose clock shows this moment.</summary>
    protected async Task<bool> KeepAsync(Guid schedule, DateTimeOffset now, EmptyRepublic? on = null)
    {
        await using var scope = (on ?? Node).Services.CreateAsyncScope();
        return await ActivatorUtilities
            .CreateInstance<ScheduledRun>(scope.ServiceProvider, (TimeProvider)new At(now))
            .KeepAsync(schedule, Ct);
    }

    /// <inheritdoc cref="KeepAsync"/>
    protected Task<bool> EndHoursAsync(Guid schedule, DateTimeOffset now, EmptyRepublic? on = null) =>
        ActivatorUtilities.CreateInstance<ScheduleHours>((on ?? Node).Services, (TimeProvider)new At(now)).EndAsync(schedule, Ct);

    protected Task<TrainingSchedule> ReadAsync(Guid schedule) =>
        Node.QueryAsync(db => db.TrainingSchedules.AsNoTracking().SingleAsync(s => s.Id == schedule));

    protected async Task<DateTimeOffset> NextAsync(Guid schedule) => (await ReadAsync(schedule)).NextAt!.Value;

    protected Task<List<TrainingJob>> RunsAsync(Inhabitant person, EmptyRepublic? on = null) =>
        (on ?? Node).QueryAsync(db => db.TrainingJobs.AsNoTracking().Where(job => job.OwnerId == person.Id).ToListAsync());

    protected Task<int> VersionAsync(Guid dataset, int version, EmptyRepublic? on = null) =>
        (on ?? Node).QueryAsync(db =>
            db.Datasets.Where(d => d.Id == dataset).ExecuteUpdateAsync(set => set.SetProperty(d => d.Version, version))
        );

    protected Task<int> EndAsync(Guid run) =>
        Node.QueryAsync(db =>
            db.Jobs.Where(job => job.Subject == run).ExecuteUpdateAsync(set => set.SetProperty(job => job.Status, JobStatus.Completed))
        );

    protected sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
