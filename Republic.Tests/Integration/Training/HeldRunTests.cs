using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A run whose process died again and again, as its person sees it.</summary>
public sealed class HeldRunTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_held_run_says_until_when_and_goes_on_when_its_person_says_so()
    {
        await using var vendor = new FakeVendor();
        var (person, run) = await HeldAsync(vendor, "Patient");

        var held = await TrainingWorld.JobAsync(person, run);
        Assert.Equal(("QUEUED", $"{HeldJobs.Why}."), (held["status"]!.GetValue<string>(), held["error_message"]!.GetValue<string>()));
        Assert.True(held["held_until"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow());
        var browser = await person.BrowserAsync();
        var page = await browser.ReadAsync($"/training/{run}");
        Assert.Contains("Held until <time", page);
        Assert.Contains($"{HeldJobs.Why}. It goes on by itself.", page);
        Assert.DoesNotContain("Waits for its turn", page);
        var list = await browser.ReadAsync("/training");
        Assert.Contains(", held until <time", list);
        Assert.Contains("Go on now with A run", list);

        vendor.Answers("Hello");
        using (await browser.SubmitAsync($"/training/{run}", new Dictionary<string, string>(), "handler=Start"))
        {
            var end = await TrainingWorld.EndAsync(person, run);
            Assert.Equal(("COMPLETED", null), (end["status"]!.GetValue<string>(), end["held_until"]));
        }
    }

    [Fact]
    public async Task A_held_run_is_stopped_and_deleted_as_any_other()
    {
        await using var vendor = new FakeVendor();
        var (person, run) = await HeldAsync(vendor, "Resolute");

        await TrainingWorld.StopAsync(person, run);

        var stopped = await TrainingWorld.JobAsync(person, run);
        Assert.Equal(("STOPPED", null), (stopped["status"]!.GetValue<string>(), stopped["held_until"]));
        Assert.DoesNotContain("Held until", await (await person.BrowserAsync()).ReadAsync($"/training/{run}"));

        var (other, second) = await HeldAsync(vendor, "Restless");
        await other.Api.DeleteAsync(TrainingWorld.PathOf(other, $"/{second}"));
        await other.Api.ProblemAsync(404, HttpMethod.Get, TrainingWorld.PathOf(other, $"/{second}"));
    }

    /// <summary>A run of somebody new that was held over its first question.</summary>
    private async Task<(Inhabitant Person, Guid Run)> HeldAsync(FakeVendor vendor, string name)
    {
        // Of the test's own, so that another test's minion is nobody's judge.
        var person = await world.NewPersonAsync(name);
        var minion = await person.NewMinionAsync("porter", vendor);
        var run = await TrainingWorld.NewJobAsync(person, minion.Id, [], TrainingWorld.Friendly(repeats: 1));
        vendor.Hangs();
        var asked = vendor.Requests.Count;
        await TrainingWorld.StartAsync(person, run);
        await Until.TrueAsync(() => vendor.Requests.Count > asked);
        await HeldJobs.HoldAsync(world, run);
        return (person, run);
    }
}
