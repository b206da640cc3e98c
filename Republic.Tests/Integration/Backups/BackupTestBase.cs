using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Backups.Schedules;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Backups;

/// <summary>Backups on a node that takes no long work, at whichever moment a test wants it to be. Each test begins without any.</summary>
public abstract class BackupTestBase(IdleRepublic node) : IAsyncLifetime
{
    protected const string Address = "/api/admin/backups";

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected IdleRepublic Node { get; } = node;

    protected Inhabitant Mira => Node.Mira;

    public async ValueTask InitializeAsync()
    {
        await Node.QueryAsync(async db =>
        {
            await db.Jobs.Where(j => j.Kind == BackupWork.KindOfJob || j.Kind == BackupCheckWork.KindOfJob).ExecuteDeleteAsync(Ct);
            await db.BackupRuns.ExecuteDeleteAsync(Ct);
            return await db.BackupSchedules.ExecuteDeleteAsync(Ct);
        });
        if (Directory.Exists(Node.Backups().Root))
        {
            Directory.Delete(Node.Backups().Root, recursive: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>When the next one is made, once that is planned.</summary>
    protected static async Task<DateTimeOffset> PlanAsync(Inhabitant superuser, string day = "sunday", int keep = 7) =>
        (
            await superuser.Api.PutAsync(
                $"{Address}/schedule",
                new
                {
                    day,
                    at = "03:00",
                    time_zone = "Europe/Berlin",
                    keep,
                }
            )
        )["next_at"]!.GetValue<DateTimeOffset>();

    /// <summary>As a node whose clock shows this moment.</summary>
    protected Task<int> SweepAsync(DateTimeOffset now) =>
        ActivatorUtilities.CreateInstance<BackupSweep>(Node.Services, (TimeProvider)new At(now)).SweepAsync(Ct);

    protected Task<List<Job>> JobsAsync() =>
        Node.QueryAsync(db => db.Jobs.AsNoTracking().Where(j => j.Kind == BackupWork.KindOfJob).OrderBy(j => j.Id).ToListAsync(Ct));

    protected async Task<DateTimeOffset> NextAsync() => (await Mira.Api.GetAsync(Address))["next_at"]!.GetValue<DateTimeOffset>();

    protected async Task<JsonNode> ReadAsync(Guid backup) => (await Mira.Api.GetAsync($"{Address}/{backup}"))["backup"]!;

    protected static async Task<Guid> StartAsync(Inhabitant superuser) =>
        (await superuser.Api.PostAsync(Address))["backup"]!["id"]!.GetValue<Guid>();

    /// <summary>Ends what is being made, as its job would.</summary>
    protected Task<int> EndAllAsync() =>
        Node.QueryAsync(async db =>
        {
            await db
                .Jobs.Where(j => j.Kind == BackupWork.KindOfJob)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Completed), Ct);
            return await db.BackupRuns.ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, BackupStatus.Completed), Ct);
        });

    protected async Task<Inhabitant> SuperuserAsync(string name)
    {
        var person = await Node.NewPersonAsync(name);
        await Mira.Api.PutAsync($"/api/admin/people/{person.Id}", new { role = "superuser" });
        return person;
    }

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
