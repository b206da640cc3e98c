using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Turns;
using Republic.Core.PersonalModels;
using Republic.Core.Tasks.Probes;
using Republic.Core.Tasks.Work;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>Minions on models that do not follow the prompt of a task.</summary>
public sealed class SmallModelTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_minion_on_the_built_in_model_is_marked_before_it_is_given_a_task_and_gets_the_bare_request()
    {
        var person = await republic.NewPersonAsync("Nora");
        var (tasks, minion) = (new Tasked(republic, person), (await person.NewMinionAsync("seedling")).Id);
        var task = await tasks.MakeAsync(null, "Hello");
        var browser = await person.BrowserAsync();

        await browser.ReadAsync("/tasks");
        await Until.TrueAsync(async () => await FollowsAsync(person, minion) == false);

        var page = await browser.ReadAsync($"/tasks/{task}");
        Assert.Contains("Seedling (small model)", page, StringComparison.Ordinal);
        Assert.Contains(
            "A minion on a small model does not follow tasks well: it gets your request as it stands.",
            page,
            StringComparison.Ordinal
        );

        await tasks.AssignAsync(task, minion);
        var attempt = await tasks.EndAsync(task);
        Assert.Equal((TaskAttemptState.HandedIn, true), (attempt.State, attempt.BareRequest));
        page = await browser.ReadAsync($"/tasks/{task}");
        Assert.Contains("Seedling runs on a small model that does not follow tasks well", page, StringComparison.Ordinal);
        Assert.Contains("It got the request as it stands, since its model does not follow tasks well.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_a_provider_counts_as_able_and_is_asked_nothing()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Vera");
        var minion = (await person.NewMinionAsync("able", vendor)).Id;
        var browser = await person.BrowserAsync();
        await new Tasked(republic, person).MakeAsync(null);

        var page = await browser.ReadAsync("/tasks?view=list");

        Assert.True(await FollowsAsync(person, minion));
        Assert.Contains(">Able</option>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("small model", page, StringComparison.Ordinal);
        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task Another_file_is_another_model()
    {
        var person = await republic.NewPersonAsync("Otis");
        var file = OwnModels.SproutOf(GgufMutations.Sprout.Length + 64);
        await republic.QueryAsync(db =>
        {
            db.ProbedModels.Add(
                new ProbedModel
                {
                    File = OwnModels.Digest(file),
                    RightAnswers = 3,
                    ProbedAt = Now,
                }
            );
            return db.SaveChangesAsync(Ct);
        });
        await OwnModels.InstallAsync(person, "clever", file);
        var minion = (await person.NewMinionAsync("moved", more: new JsonObject { ["model_id"] = "clever" })).Id;
        Assert.True(await FollowsAsync(person, minion));

        await person.Api.PutAsync($"/api/minions/{minion}", new { model_id = "sprout" });
        await new Tasked(republic, person).MakeAsync(null);
        await (await person.BrowserAsync()).ReadAsync("/tasks");

        await Until.TrueAsync(async () => await FollowsAsync(person, minion) == false);
    }

    [Fact]
    public async Task A_model_that_cannot_be_asked_stays_unknown_and_its_minion_is_given_tasks_all_the_same()
    {
        var person = await republic.NewPersonAsync("Lena");
        var digest = Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray()) + new string('0', 32);
        await PlantAsync(person, "gone", digest);
        var minion = (await person.NewMinionAsync("stuck", more: new JsonObject { ["model_id"] = "gone" })).Id;
        var tasks = new Tasked(republic, person);

        var attempt = await tasks.EndAsync(await tasks.MakeAsync(minion));

        Assert.Equal((TaskAttemptState.Failed, false), (attempt.State, attempt.BareRequest));
        Assert.Null(await FollowsAsync(person, minion));
        Assert.False(await republic.QueryAsync(db => db.ProbedModels.AnyAsync(m => m.File == digest, Ct)));
    }

    [Fact]
    public async Task That_a_model_is_probed_is_told_before_and_once()
    {
        var person = await republic.NewPersonAsync("Olga");
        await OwnModels.InstallAsync(person, "fresh", OwnModels.SproutOf(GgufMutations.Sprout.Length + 128));
        var minion = (await person.NewMinionAsync("new", more: new JsonObject { ["model_id"] = "fresh" })).Id;
        var attempt = new TaskAttempt
        {
            OwnerId = person.Id,
            TaskId = await new Tasked(republic, person).MakeAsync(null),
            MinionId = minion,
            Round = 1,
            State = TurnState.Pending,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        var told = 0;
        var loader = republic.Services.GetRequiredService<TaskLoader>();

        for (var i = 0; i < 2; i++)
        {
            var order = await loader.LoadAsync(attempt, () => told++, Ct);

            Assert.Equal((true, 1), (order.Value!.Prompt.IsBare, told));
        }
    }

    /// <summary>As the list says it, which has nothing measured.</summary>
    private static async Task<bool?> FollowsAsync(Inhabitant person, Guid minion)
    {
        var groups = (await person.Api.GetAsync("/api/minions"))["grouped_minions"]!.AsObject();
        var found = groups.SelectMany(group => group.Value!["minions"]!.AsArray()).Single(one => one!["id"]!.GetValue<Guid>() == minion);
        return found!["follows_tasks"]?.GetValue<bool>();
    }

    /// <summary>A model whose row is there, and its file not.</summary>
    private Task<int> PlantAsync(Inhabitant owner, string name, string digest) =>
        republic.QueryAsync(db =>
        {
            db.PersonalModels.Add(
                new PersonalModel
                {
                    Id = Guid.CreateVersion7(),
                    OwnerId = owner.Id,
                    ModelId = name,
                    Name = name,
                    Origin = ModelOrigin.Upload,
                    State = ModelState.Ready,
                    Sha256 = digest,
                    Measured = new MeasuredModel(null, null, null, null, 0, 0, 512, 1, "Hello.", Now),
                    CreatedAt = Now,
                    UpdatedAt = Now,
                }
            );
            return db.SaveChangesAsync(Ct);
        });
}
