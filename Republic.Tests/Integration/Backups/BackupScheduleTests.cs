using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Backups.Schedules;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Backups;

/// <summary>When backups are made by themselves.</summary>
[Collection(nameof(IdleNode))]
public sealed class BackupScheduleTests(IdleRepublic node) : BackupTestBase(node)
{
    [Fact]
    public async Task One_is_made_when_it_is_time_and_not_before()
    {
        var first = await PlanAsync(Mira);
        await SweepAsync(first - TimeSpan.FromSeconds(1));
        Assert.Empty(await Node.BackupsAsync());

        await SweepAsync(first);

        var made = Assert.Single(await Node.BackupsAsync());
        var name = $"republic-{first.UtcDateTime.ToString("yyyy-MM-dd-HHmmss", CultureInfo.InvariantCulture)}.zip";
        Assert.Equal((name, BackupStatus.Running), (made.FileName, made.Status));
        var job = Assert.Single(await JobsAsync());
        Assert.Equal((Mira.Id, made.Id, JobStatus.Queued), (job.OwnerId, job.Subject, job.Status));
        Assert.Equal(first.AddDays(7), await NextAsync(), TimeSpan.FromHours(1));
        Assert.True(
            await Node.QueryAsync(db =>
                db.AuditEntries.AnyAsync(e => e.Action == AuditActions.BackupStarted && e.Subject == name && e.PersonId == null, Ct)
            )
        );
    }

    [Fact]
    public async Task Times_that_were_missed_are_made_up_for_once()
    {
        var late = await PlanAsync(Mira, "every") + TimeSpan.FromDays(30);

        await SweepAsync(late);
        await EndAllAsync();
        await SweepAsync(late);

        Assert.Single(await Node.BackupsAsync());
        Assert.InRange(await NextAsync() - late, TimeSpan.Zero, TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Sweeps_at_the_same_moment_make_one()
    {
        var due = await PlanAsync(Mira);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SweepAsync(due), Ct)));

        Assert.Single(await Node.BackupsAsync());
        Assert.Single(await JobsAsync());
    }

    [Fact]
    public async Task One_that_is_being_made_counts_for_the_time_and_a_second_is_refused()
    {
        var due = await PlanAsync(Mira);
        var asked = await StartAsync(Mira);

        await SweepAsync(due);

        Assert.Equal(asked, Assert.Single(await Node.BackupsAsync()).Id);
        Assert.Equal(due.AddDays(7), await NextAsync(), TimeSpan.FromHours(1));
        await Mira.Api.ProblemAsync(409, HttpMethod.Post, Address);
    }

    [Fact]
    public async Task A_schedule_that_is_off_makes_none()
    {
        var due = await PlanAsync(Mira);
        await Mira.Api.PutAsync($"{Address}/schedule", new { day = "off" });

        await SweepAsync(due.AddDays(30));

        Assert.Empty(await Node.BackupsAsync());
        var now = await Mira.Api.GetAsync(Address);
        Assert.Null(now["next_at"]);
        Assert.Equal(
            ("off", "03:00", 7),
            ((string?)now["schedule"]!["day"], (string?)now["schedule"]!["at"], (int)now["schedule"]!["keep"]!)
        );
    }

    [Fact]
    public async Task The_job_is_another_superusers_where_who_planned_it_is_deactivated()
    {
        var planner = await SuperuserAsync("Planner");
        var due = await PlanAsync(planner);
        await Mira.Api.PostAsync($"/api/admin/people/{planner.Id}/deactivate");

        await SweepAsync(due);

        Assert.Equal(Mira.Id, Assert.Single(await JobsAsync()).OwnerId);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_schedule_is_said_at_once_and_nothing_is_changed()
    {
        await PlanAsync(Mira);

        var wrong = await Mira.Api.ProblemAsync(
            400,
            HttpMethod.Put,
            $"{Address}/schedule",
            new
            {
                day = "someday",
                at = "25:00",
                time_zone = "Mars/Base",
                keep = 61,
            }
        );

        Assert.Equal(
            ["at", "day", "keep", "time_zone"],
            wrong["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal)
        );
        await Mira.Api.ProblemAsync(400, HttpMethod.Put, $"{Address}/schedule", new { keep = 0 });
        var now = (await Mira.Api.GetAsync(Address))["schedule"]!;
        Assert.Equal(("sunday", "Europe/Berlin", 7), ((string?)now["day"], (string?)now["time_zone"], (int)now["keep"]!));
    }

    [Fact]
    public async Task A_backup_whose_job_a_superuser_stops_ends_with_it_and_the_next_may_begin()
    {
        var id = await StartAsync(Mira);
        var job = Assert.Single(await JobsAsync());

        await Mira.Api.PostAsync($"/api/admin/jobs/{job.Id}/stop");

        var stopped = await ReadAsync(id);
        Assert.Equal(("FAILED", "Mira, a superuser, stopped it."), ((string?)stopped["status"], (string?)stopped["error"]));
        await StartAsync(Mira);
    }

    [Fact]
    public async Task A_backup_whose_owner_is_deactivated_does_not_keep_the_others_waiting()
    {
        var helper = await SuperuserAsync("Gone-soon");
        var id = await StartAsync(helper);
        await Mira.Api.PostAsync($"/api/admin/people/{helper.Id}/deactivate");

        await SweepAsync(TimeProvider.System.GetUtcNow());

        Assert.Equal("FAILED", (string?)(await ReadAsync(id))["status"]);
        Assert.Equal(JobStatus.Cancelled, Assert.Single(await JobsAsync()).Status);
        await StartAsync(Mira);
    }

    [Fact]
    public async Task A_backup_whose_job_failed_without_it_says_why()
    {
        var id = await StartAsync(Mira);
        await Node.QueryAsync(db =>
            db.Jobs.Where(j => j.Subject == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(j => j.Status, JobStatus.Failed).SetProperty(j => j.Error, "It was begun 5 times."),
                    Ct
                )
        );

        await SweepAsync(TimeProvider.System.GetUtcNow());

        Assert.Equal("It was begun 5 times.", (string?)(await ReadAsync(id))["error"]);
    }
}
