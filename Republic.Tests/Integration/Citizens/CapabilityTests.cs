using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Citizens.Capabilities;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Citizens;

public sealed class CapabilityTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant jonas = republic.Jonas;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_capability_is_added_by_name_once_in_any_case()
    {
        var path = $"/api/citizens/{(await jonas.NewMinionAsync("named")).Id}/capabilities";
        var made = (await jonas.Api.PostAsync(path, new { name = " Code review ", description = "Reads a diff" }))["capability"]!;

        Assert.Equal("Code review", (string?)made["name"]);
        Assert.Equal((3.0, 0.0), ((double)made["proficiency_level"]!, (double)made["confidence_score"]!));
        await jonas.Api.ProblemAsync(409, HttpMethod.Post, path, new { name = "CODE REVIEW" });
        await jonas.Api.ProblemAsync(400, HttpMethod.Post, path, new { name = "" });
        await jonas.Api.ProblemAsync(400, HttpMethod.Post, path, new { name = new string('x', 10_000) });
        await jonas.Api.ProblemAsync(400, HttpMethod.Post, path, new { name = "a\0b" });
    }

    [Fact]
    public async Task What_is_counted_makes_the_capability_and_its_history()
    {
        var minion = (await jonas.NewMinionAsync("counted")).Id;
        for (var n = 0; n < 8; n++)
        {
            Assert.True(await RecordAsync(Outcome(minion, CapabilityEntryKind.Success)));
        }

        Assert.True(await RecordAsync(Outcome(minion, CapabilityEntryKind.Failure) with { Capability = "REVIEW" }));
        Assert.True(await RecordAsync(Outcome(minion, CapabilityEntryKind.Failure) with { Note = "Overlooked the leak" }));
        for (var n = 0; n < 5; n++)
        {
            Assert.True(await RecordAsync(Outcome(minion, CapabilityEntryKind.Feedback) with { Score = 0.9 }));
        }

        var capability = Assert.Single(await ListAsync(minion))!;

        Assert.Equal((8, 2), ((int)capability["success_count"]!, (int)capability["failure_count"]!));
        Assert.Equal((4.10, 0.633), ((double)capability["proficiency_level"]!, (double)capability["confidence_score"]!));
        Assert.Equal(4.5, (double)capability["feedback_sum"]!, 6);
        Assert.Equal(15, capability["task_history"]!.AsArray().Count);
        Assert.Contains(capability["task_history"]!.AsArray(), entry => (string?)entry!["note"] == "Overlooked the leak");
    }

    [Fact]
    public async Task One_round_counts_once_and_its_feedback_beside_it()
    {
        var minion = (await jonas.NewMinionAsync("once")).Id;
        var success = Outcome(minion, CapabilityEntryKind.Success);
        Assert.True(await RecordAsync(success));
        Assert.False(await RecordAsync(success));
        Assert.False(await RecordAsync(success with { Kind = CapabilityEntryKind.Failure }));
        Assert.True(await RecordAsync(success with { Kind = CapabilityEntryKind.Feedback, Score = 1 }));
        Assert.True(await RecordAsync(success with { Round = 2 }));

        var capability = Assert.Single(await ListAsync(minion))!;

        Assert.Equal((2, 0, 1), ((int)capability["success_count"]!, (int)capability["failure_count"]!, (int)capability["feedback_count"]!));
    }

    [Fact]
    public async Task Many_at_once_are_all_counted_and_each_only_once()
    {
        var minion = (await jonas.NewMinionAsync("busy")).Id;
        var events = Enumerable.Range(0, 8).Select(_ => Outcome(minion, CapabilityEntryKind.Success)).ToList();

        var counted = await Task.WhenAll(events.Concat(events).Select(RecordAsync));

        Assert.Equal(8, counted.Count(was => was));
        Assert.Equal(8, (int)Assert.Single(await ListAsync(minion))!["success_count"]!);
    }

    [Fact]
    public async Task Nobody_grades_themselves()
    {
        var minion = (await jonas.NewMinionAsync("vain")).Id;

        Assert.False(await RecordAsync(Outcome(minion, CapabilityEntryKind.Success) with { RecordedBy = minion }));

        Assert.Empty(await ListAsync(minion));
    }

    [Fact]
    public async Task What_is_rolled_back_was_never_counted_and_nothing_is_counted_outside_a_transaction()
    {
        var minion = (await jonas.NewMinionAsync("undone")).Id;
        var recorder = republic.Services.GetRequiredService<CapabilityRecorder>();
        await republic.QueryAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            return await recorder.RecordAsync(db, Outcome(minion, CapabilityEntryKind.Success), Ct);
        });

        Assert.Empty(await ListAsync(minion));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            republic.QueryAsync(db => recorder.RecordAsync(db, Outcome(minion, CapabilityEntryKind.Success), Ct))
        );
    }

    [Fact]
    public async Task A_struck_entry_counts_no_longer_until_it_is_restored()
    {
        var minion = (await jonas.NewMinionAsync("struck")).Id;
        await RecordAsync(Outcome(minion, CapabilityEntryKind.Success));
        var entry = (string)Assert.Single(await ListAsync(minion))!["task_history"]![0]!["id"]!;
        var path = $"/api/citizens/{minion}/capabilities/entries/{entry}";

        await jonas.Api.PostAsync($"{path}/strike");
        var struck = (await jonas.Api.PostAsync($"{path}/strike"))["capabilities"]![0]!;
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Post, $"{path}/restore");
        var restored = (await jonas.Api.PostAsync($"{path}/restore"))["capabilities"]![0]!;

        Assert.Equal((0, 3.0), ((int)struck["success_count"]!, (double)struck["proficiency_level"]!));
        Assert.NotNull(struck["task_history"]![0]!["struck_at"]);
        Assert.Equal((1, 3.67), ((int)restored["success_count"]!, (double)restored["proficiency_level"]!));
        Assert.Null(restored["task_history"]![0]!["struck_at"]);
        await jonas.Api.ProblemAsync(404, HttpMethod.Post, $"/api/citizens/{jonas.Id}/capabilities/entries/{entry}/strike");
    }

    [Fact]
    public async Task Work_makes_no_more_capabilities_than_a_citizen_may_have()
    {
        var minion = (await jonas.NewMinionAsync("named-by-many")).Id;
        await republic.QueryAsync(db =>
        {
            var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            db.Capabilities.AddRange(
                Enumerable
                    .Range(1, CapabilityEditor.MostPerCitizen)
                    .Select(number => new Capability
                    {
                        CitizenId = minion,
                        Name = $"Skill {number}",
                        CreatedAt = now,
                        UpdatedAt = now,
                    })
            );
            return db.SaveChangesAsync(Ct);
        });

        Assert.False(await RecordAsync(Outcome(minion, CapabilityEntryKind.Success)));
        Assert.True(await RecordAsync(Outcome(minion, CapabilityEntryKind.Success) with { Capability = "skill 7" }));

        Assert.Equal(CapabilityEditor.MostPerCitizen, (await ListAsync(minion)).Count);
    }

    [Fact]
    public async Task A_capability_is_deleted_with_its_entries_and_made_anew_by_work()
    {
        var minion = (await jonas.NewMinionAsync("unwanted")).Id;
        var path = $"/api/citizens/{minion}/capabilities";
        await RecordAsync(Outcome(minion, CapabilityEntryKind.Success));
        var capability = (string)Assert.Single(await ListAsync(minion))!["id"]!;

        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Delete, $"{path}/{capability}");
        await jonas.Api.ProblemAsync(404, HttpMethod.Delete, $"/api/citizens/{jonas.Id}/capabilities/{capability}");
        await jonas.Api.DeleteAsync($"{path}/{capability}");
        await jonas.Api.ProblemAsync(404, HttpMethod.Delete, $"{path}/{capability}");
        Assert.Empty(await ListAsync(minion));

        Assert.True(await RecordAsync(Outcome(minion, CapabilityEntryKind.Failure)));
        Assert.Equal((0, 1), await CountsAsync());
        var browser = await jonas.BrowserAsync();
        using var deleted = await browser.SubmitAsync($"/citizens/{minion}", new Dictionary<string, string>(), "handler=RemoveCapability");
        Assert.Equal(302, (int)deleted.StatusCode);
        Assert.Empty(await ListAsync(minion));

        async Task<(int Successes, int Failures)> CountsAsync()
        {
            var made = Assert.Single(await ListAsync(minion))!;
            return ((int)made["success_count"]!, (int)made["failure_count"]!);
        }
    }

    [Fact]
    public async Task Nobody_is_best_at_what_was_only_sent_back()
    {
        var person = await republic.NewPersonAsync("Judge");
        var minion = (await person.NewMinionAsync("learner")).Id;
        var browser = await person.BrowserAsync();
        await RecordAsync(Outcome(minion, CapabilityEntryKind.Failure) with { Capability = "Sums" });
        var list = await browser.ReadAsync("/citizens");
        Assert.Contains("nothing done well yet", list);
        Assert.DoesNotContain("Sums", list);

        await RecordAsync(Outcome(minion, CapabilityEntryKind.Success) with { Capability = "Rhymes" });

        list = await browser.ReadAsync("/citizens");
        Assert.Contains("Rhymes", list);
        Assert.DoesNotContain("Sums", list);
    }

    private CapabilityEvent Outcome(Guid citizen, CapabilityEntryKind kind) =>
        new(citizen, "Review", kind, "task", Guid.CreateVersion7(), 1, jonas.Id);

    private Task<bool> RecordAsync(CapabilityEvent what) =>
        republic.QueryAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            var counted = await republic.Services.GetRequiredService<CapabilityRecorder>().RecordAsync(db, what, Ct);
            await transaction.CommitAsync(Ct);
            return counted;
        });

    private async Task<JsonArray> ListAsync(Guid citizen) =>
        (await jonas.Api.GetAsync($"/api/citizens/{citizen}/capabilities"))["capabilities"]!.AsArray();
}
