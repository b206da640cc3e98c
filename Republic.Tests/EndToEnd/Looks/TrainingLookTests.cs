using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>Judges that were graded by a person, and schedules.</summary>
public sealed class TrainingLookTests(TrainingWorld republic, LookWindow window) : IClassFixture<TrainingWorld>, IClassFixture<LookWindow>
{
    [Theory]
    [InlineData("/training/calibration", "waits for your grades")]
    [InlineData("/training/calibration/{calibration}", "Points of answer 1")]
    [InlineData("/training/calibration/{graded}", "Rank correlation")]
    [InlineData("/training/comparisons", "Put one of your own prompts")]
    [InlineData("/training/schedules/{schedule}", "Change a schedule")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown);

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        var job = await GradedRuns.MakeAsync(person);
        var (drawn, graded) = (await DrawAsync(person, job, seed: 1), await DrawAsync(person, job, seed: 2));
        await person.Api.PostAsync($"/api/training/calibration/{graded}", new { points = Enumerable.Range(0, 20).Select(i => 40 + i) });
        return new PlantedState(person, ("calibration", drawn), ("graded", graded), ("schedule", await ScheduleAsync(person)));
    }

    private static async Task<Guid> DrawAsync(Inhabitant person, Guid job, long seed) =>
        (await person.Api.PostAsync("/api/training/calibration", new { job_id = job, seed }))["calibration"]!["id"]!.GetValue<Guid>();

    private static async Task<Guid> ScheduleAsync(Inhabitant person)
    {
        var minion = await person.NewMinionAsync("pupil");
        var dataset = await TrainingWorld.NewDatasetAsync(person, 6);
        await DatasetWorld.EndOfAsync(person, $"{dataset}");
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
                until = "",
                time_zone = "Europe/Berlin",
            }
        );
        return made["schedule"]!["id"]!.GetValue<Guid>();
    }
}
