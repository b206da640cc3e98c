using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Admin;

/// <summary>The work of all people as superusers see it.</summary>
public sealed class WorkTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_listed_without_what_it_is_about_stopped_and_its_owner_reads_by_whom()
    {
        var job = await PlantAsync(JobStatus.Paused, phase: "reading secret.pdf");

        var listed = await republic.Mira.Api.GetAsync($"/api/admin/jobs?owner_id={republic.Jonas.Id}&status=PAUSED");
        var line = Assert.Single(listed["jobs"]!.AsArray(), one => one!["id"]!.GetValue<Guid>() == job)!;
        Assert.Equal(("document", "Jonas"), (line["kind"]!.GetValue<string>(), line["owner"]!.GetValue<string>()));
        Assert.DoesNotContain("secret.pdf", listed.ToJsonString(), StringComparison.Ordinal);
        var page = await (await republic.Mira.BrowserAsync()).ReadAsync($"/admin/work?owner={republic.Jonas.Id}");
        Assert.Contains("Stop this Document of Jonas", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret.pdf", page, StringComparison.Ordinal);

        await republic.Mira.Api.PostAsync($"/api/admin/jobs/{job}/stop");

        var stopped = await republic.QueryAsync(db => db.Jobs.SingleAsync(j => j.Id == job, Ct));
        Assert.Equal((JobStatus.Cancelled, "Mira, a superuser, stopped it."), (stopped.Status, stopped.Error));
        Assert.True(
            await republic.QueryAsync(db =>
                db.AuditEntries.AnyAsync(
                    e => e.PersonId == republic.Mira.Id && e.Action == AuditActions.JobStopped && e.Subject == "document of Jonas",
                    Ct
                )
            )
        );
        await republic.Mira.Api.ProblemAsync(409, HttpMethod.Post, $"/api/admin/jobs/{job}/stop");
        await republic.Mira.Api.ProblemAsync(404, HttpMethod.Post, $"/api/admin/jobs/{Guid.CreateVersion7()}/stop");
        await republic.Jonas.Api.ProblemAsync(403, HttpMethod.Post, $"/api/admin/jobs/{job}/stop");
    }

    [Fact]
    public async Task Nodes_and_the_models_on_the_disk_are_listed_with_who_has_them()
    {
        var file = OwnModels.SproutOf(GgufMutations.Sprout.Length + 301);
        await OwnModels.InstallAsync(republic.Ada, "adas-own", file);
        await republic.Ada.NewMinionAsync("user", more: new() { ["model_id"] = "adas-own" });

        var models = (await republic.Mira.Api.GetAsync("/api/admin/models"))["models"]!.AsArray();
        var hers = models.Single(one => one!["sha256"]!.GetValue<string>() == OwnModels.Digest(file))!;
        Assert.Equal((file.Length, 1), (hers["bytes"]!.GetValue<int>(), hers["minions"]!.GetValue<int>()));
        Assert.Equal(["Ada"], hers["owners"]!.AsArray().Select(owner => owner!.GetValue<string>()));
        var node = (await republic.Mira.Api.GetAsync("/api/admin/nodes"))["nodes"]!.AsArray().First()!;
        Assert.True(TimeProvider.System.GetUtcNow() - node["seen_at"]!.GetValue<DateTimeOffset>() < TimeSpan.FromMinutes(1));
        await republic.Mira.Api.ProblemAsync(400, HttpMethod.Get, "/api/admin/jobs?status=DANCING");
    }

    [Fact]
    public async Task The_health_of_what_all_share_is_measured()
    {
        await PlantAsync(JobStatus.Queued, phase: "", kind: "nobody's");

        var health = await republic.Mira.Api.GetAsync("/api/admin/health");

        Assert.All(
            ["database_milliseconds", "database_bytes", "disk_free_bytes", "disk_total_bytes", "model_budget_bytes"],
            figure => Assert.True(health[figure]!.GetValue<double>() > 0, figure)
        );
        Assert.True(health["model_host_answers"]!.GetValue<bool>());
        Assert.True(health["jobs_waiting"]!.GetValue<int>() > 0);
        Assert.Equal(DateTimeOffset.UnixEpoch, health["waiting_since"]!.GetValue<DateTimeOffset>());
        Assert.Contains(
            "the first since <time datetime=\"1970-01-01T00:00:00.0000000Z\"",
            await (await republic.Mira.BrowserAsync()).ReadAsync("/admin/work"),
            StringComparison.Ordinal
        );
        await republic.Jonas.Api.ProblemAsync(403, HttpMethod.Get, "/api/admin/health");
    }

    [Fact]
    public async Task A_job_that_is_held_is_listed_with_the_time_and_waits_for_no_node()
    {
        var person = await republic.NewPersonAsync("Holder");
        await HeldJobs.PlantAsync(republic, person.Id, "document", Guid.CreateVersion7(), DateTimeOffset.UnixEpoch.AddYears(-1));

        var line = (await republic.Mira.Api.GetAsync($"/api/admin/jobs?owner_id={person.Id}"))["jobs"]![0]!;
        Assert.Equal(("QUEUED", false), (line["status"]!.GetValue<string>(), line["is_held"]!.GetValue<bool>()));
        Assert.True(line["held_until"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow());
        var page = await (await republic.Mira.BrowserAsync()).ReadAsync($"/admin/work?owner={person.Id}");
        Assert.Matches("held until <time [^>]*>[^<]*</time>, begun 5 times", page);
        Assert.NotEqual(
            DateTimeOffset.UnixEpoch.AddYears(-1),
            (await republic.Mira.Api.GetAsync("/api/admin/health"))["waiting_since"]?.GetValue<DateTimeOffset>()
        );
    }

    private Task<Guid> PlantAsync(JobStatus status, string phase, string kind = "document") =>
        republic.QueryAsync(async db =>
        {
            var job = new Job
            {
                OwnerId = republic.Jonas.Id,
                Kind = kind,
                Subject = Guid.CreateVersion7(),
                Status = status,
                Phase = phase,
                // No node takes it, as somebody seems to work on it.
                HeartbeatAt = TimeProvider.System.GetUtcNow().AddHours(1),
                CreatedAt = DateTimeOffset.UnixEpoch,
            };
            db.Jobs.Add(job);
            await db.SaveChangesAsync(Ct);
            return job.Id;
        });
}
