using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Admin;

/// <summary>Work of somebody who is deactivated waits.</summary>
public sealed class HeldJobTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string People = "/api/admin/people";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_of_somebody_deactivated_wait_and_go_on_afterwards()
    {
        var ivan = await republic.NewPersonAsync("Ivan");
        await republic.Mira.Api.PostAsync($"{People}/{ivan.Id}/deactivate");
        var job = await republic.QueryAsync(async db =>
        {
            var planted = new Job
            {
                OwnerId = ivan.Id,
                Kind = "document",
                Subject = Guid.CreateVersion7(),
                CreatedAt = DateTimeOffset.UnixEpoch,
            };
            db.Jobs.Add(planted);
            await db.SaveChangesAsync(Ct);
            return planted.Id;
        });

        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        var held = (await republic.Mira.Api.GetAsync($"/api/admin/jobs?owner_id={ivan.Id}"))["jobs"]![0]!;
        Assert.Equal(
            ("QUEUED", true, 0),
            (held["status"]!.GetValue<string>(), held["is_held"]!.GetValue<bool>(), held["attempts"]!.GetValue<int>())
        );

        await republic.Mira.Api.PostAsync($"{People}/{ivan.Id}/reactivate");
        await Until.TrueAsync(() => republic.QueryAsync(db => db.Jobs.AnyAsync(j => j.Id == job && j.Status != JobStatus.Queued, Ct)));
    }

    [Fact]
    public async Task What_runs_for_somebody_deactivated_is_put_back_and_its_node_can_write_no_more()
    {
        var igor = await republic.NewPersonAsync("Igor");
        var running = new Job
        {
            OwnerId = igor.Id,
            Kind = "document",
            Subject = Guid.CreateVersion7(),
            Status = JobStatus.Running,
            Epoch = 3,
            Attempts = 1,
            Node = "elsewhere",
            HeartbeatAt = TimeProvider.System.GetUtcNow().AddHours(1),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await republic.QueryAsync(async db =>
        {
            db.Jobs.Add(running);
            return await db.SaveChangesAsync(Ct);
        });

        await republic.Mira.Api.PostAsync($"{People}/{igor.Id}/deactivate");

        var held = await republic.QueryAsync(db => db.Jobs.SingleAsync(j => j.Id == running.Id, Ct));
        Assert.Equal((JobStatus.Queued, 4, 0, null), (held.Status, held.Epoch, held.Attempts, held.Node));
    }
}
