using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Tasks;
using Republic.Core.Tasks.HandIns;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>Datasets that are made of what minions handed in and a person accepted.</summary>
public sealed class HandInDatasetTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_hand_in_becomes_a_row_that_stays_when_the_task_goes()
    {
        var person = await republic.NewPersonAsync("Teacher");
        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        var minion = (await person.NewMinionAsync("pim", vendor)).Id;
        var knowledge = new LinkedKnowledge(republic, person);
        await knowledge.LinkAsync(minion, await knowledge.CollectionAsync("Handbook", "A row is missing in the file where a note breaks."));
        vendor.Answers("It is row 7 [1].");
        var task = await tasks.MakeAsync(minion, "Why is a row missing in the file?");
        await tasks.EndAsync(task);
        await tasks.SayAsync(task, "I ask somebody else.");
        vendor.Answers("A note of order 10382 breaks the line [1].");
        await tasks.MoveAsync(task, WorkTaskStatus.InProgress, "Name the order, please.");
        await tasks.EndAsync(task, attempts: 2);
        await tasks.MoveAsync(task, WorkTaskStatus.Done);

        var made = (await person.Api.PostAsync(PathOf(person), new { name = "What Pim did well" }))["dataset"]!;

        var dataset = await DatasetWorld.EndOfAsync(person, Text(made, "id"));
        Assert.Equal(
            ("What Pim did well", "jsonl", "ready", 1),
            (Text(dataset, "name"), Text(dataset, "dataset_type"), Text(dataset, "status"), dataset["sample_count"]!.GetValue<int>())
        );
        (string, string) row = (
            "Why is a row missing in the file?\n\nOne row is missing in the file.\n\nWhat must change: Name the order, please.",
            "A note of order 10382 breaks the line."
        );
        Assert.Equal(row, Assert.Single(await RowsAsync(person, dataset)));
        await tasks.DeleteAsync(task);
        Assert.Equal(row, Assert.Single(await RowsAsync(person, dataset)));
    }

    [Fact]
    public async Task Only_the_last_result_of_a_task_that_is_done_is_good()
    {
        var person = await republic.NewPersonAsync("Chooser");
        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        vendor.Answers("There are seven boats.");
        var minion = (await person.NewMinionAsync("pim", vendor)).Id;
        var good = await HandedInAsync(tasks, minion, "Count the boats");
        await tasks.MoveAsync(good, WorkTaskStatus.Done);
        var waiting = await HandedInAsync(tasks, minion, "Count the sails");
        var archived = await HandedInAsync(tasks, minion, "Count the masts");
        await tasks.MoveAsync(archived, WorkTaskStatus.Done);
        await tasks.MoveAsync(archived, WorkTaskStatus.Archived);
        // Sent back, and then done by the person.
        var refused = await HandedInAsync(tasks, minion, "Count the oars");
        await tasks.MoveAsync(refused, WorkTaskStatus.InProgress);
        await tasks.AssignAsync(refused, person.Id);
        await tasks.MoveAsync(refused, WorkTaskStatus.Done);
        var withdrawn = await HandedInAsync(tasks, minion, "Count the nets");
        await tasks.MoveAsync(withdrawn, WorkTaskStatus.InProgress);
        await tasks.MoveAsync(withdrawn, WorkTaskStatus.Done);
        var taken = await HandedInAsync(tasks, minion, "Count the ropes");
        await tasks.AssignAsync(taken, person.Id);
        await tasks.MoveAsync(taken, WorkTaskStatus.Done);
        await tasks.MoveAsync(await tasks.MakeAsync(null, "Count the crew"), WorkTaskStatus.Done);
        var other = await HandedInAsync(tasks, (await person.NewMinionAsync("pam", vendor)).Id, "Paint the shed before winter comes");
        await tasks.MoveAsync(other, WorkTaskStatus.Done);

        var all = (await ListAsync(person, null)).Value!;

        Assert.Equal([other, good], all.HandIns.Select(handIn => handIn.TaskId));
        Assert.Equal([("Pam", 1), ("Pim", 1)], all.Minions.Select(one => (one.Name, one.Count)));
        var own = (await ListAsync(person, minion)).Value!;
        Assert.Equal((1, 2, "Count the boats", "Pim"), (own.Count, own.All, own.HandIns[0].Title, own.HandIns[0].Minion));
        Assert.Equal(FailureKind.NotFound, (await ListAsync(republic.Ada, minion)).Failure!.Kind);
        Assert.Empty((await ListAsync(republic.Ada, null)).Value!.HandIns);
        foreach (var task in new[] { waiting, archived, refused, withdrawn, taken })
        {
            var number = (await tasks.ReadAsync(task)).Number;
            var said = await WrongAsync(person, new { name = "x", task_ids = new[] { good, task } }, "task_ids");
            Assert.StartsWith($"T-{number} has no good hand-in.", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_chosen_tasks_of_a_minion_are_taken_each_once()
    {
        var person = await republic.NewPersonAsync("Picker");
        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        vendor.Answers("There are seven boats.");
        var minion = (await person.NewMinionAsync("pim", vendor)).Id;
        var good = await HandedInAsync(tasks, minion, "Count the boats");
        await tasks.MoveAsync(good, WorkTaskStatus.Done);
        var other = await HandedInAsync(tasks, (await person.NewMinionAsync("pam", vendor)).Id, "Paint the shed before winter comes");
        await tasks.MoveAsync(other, WorkTaskStatus.Done);

        var order = new
        {
            name = "Of Pim",
            dataset_type = "custom",
            description = "Boats alone.",
            minion_id = minion,
            task_ids = new[] { good, good },
        };
        var made = (await person.Api.PostAsync(PathOf(person), order))["dataset"]!;
        var dataset = await DatasetWorld.EndOfAsync(person, Text(made, "id"));
        Assert.Equal(("custom", "Boats alone."), (Text(dataset, "dataset_type"), Text(dataset, "description")));
        Assert.Equal(
            ("Count the boats\n\nOne row is missing in the file.", "There are seven boats."),
            Assert.Single(await RowsAsync(person, dataset))
        );
        await WrongAsync(
            person,
            new
            {
                name = "x",
                minion_id = minion,
                task_ids = new[] { other },
            },
            "task_ids"
        );
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_other_peoples_things_are_unknown()
    {
        var person = await republic.NewPersonAsync("Refused");
        var none = await WrongAsync(person, new { name = "x" }, "task_ids");
        Assert.StartsWith("There is no good hand-in yet.", none, StringComparison.Ordinal);

        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        vendor.Answers("There are seven boats.");
        var minion = (await person.NewMinionAsync("pim", vendor)).Id;
        var task = await HandedInAsync(tasks, minion, "Count the boats");
        await tasks.MoveAsync(task, WorkTaskStatus.Done);
        await WrongAsync(person, new { task_ids = new[] { task } }, "name");
        await WrongAsync(person, new { name = new string('x', 201) }, "name");
        await WrongAsync(person, new { name = "x", description = new string('x', 2001) }, "description");
        await WrongAsync(person, new { name = "x", dataset_type = "poem" }, "dataset_type");
        await WrongAsync(person, new { name = "x", task_ids = Array.Empty<Guid>() }, "task_ids");
        var many = Enumerable.Range(0, 201).Select(_ => Guid.CreateVersion7()).ToList();
        await WrongAsync(person, new { name = "x", task_ids = many }, "task_ids");

        var stranger = republic.Ada;
        foreach (var (field, hers) in new[] { ("task_ids", task), ("minion_id", minion) })
        {
            var foreign = await WrongAsync(stranger, Naming(field, hers), field);
            Assert.Equal(foreign, await WrongAsync(stranger, Naming(field, Guid.CreateVersion7()), field));
        }

        await stranger.Api.ProblemAsync(403, HttpMethod.Post, PathOf(person), new { name = "x" });
        using var nobody = await republic.NewVisitor().Http.PostAsync(PathOf(person), JsonBody(), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    [Fact]
    public async Task The_form_keeps_what_was_typed_and_says_what_is_missing()
    {
        var person = await republic.NewPersonAsync("Types");
        var browser = await person.BrowserAsync();
        Assert.Contains("No good hand-ins yet", await browser.ReadAsync("/datasets/from-tasks"), StringComparison.Ordinal);
        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        vendor.Answers("There are seven boats.");
        var minion = (await person.NewMinionAsync("pim", vendor)).Id;
        var task = await HandedInAsync(tasks, minion, "Count the boats");
        await tasks.MoveAsync(task, WorkTaskStatus.Done);
        var path = $"/datasets/from-tasks?minion={minion}";

        using var refused = await browser.SubmitAsync(
            path,
            new Dictionary<string, string> { ["Input.Name"] = "My own name" },
            "/datasets/from-tasks"
        );
        var page = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Choose at least one hand-in.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"My own name\"", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"Minion\" value=\"{minion}\"", page, StringComparison.Ordinal);

        var fields = new Dictionary<string, string> { ["Input.Name"] = "My own name", ["Input.TaskIds"] = task.ToString() };
        using var made = await browser.SubmitAsync(path, fields, "/datasets/from-tasks");
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.StartsWith("/datasets/", made.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var foreign = await (await republic.Ada.BrowserAsync()).GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    private static async Task<Guid> HandedInAsync(Tasked tasks, Guid minion, string title)
    {
        var task = await tasks.MakeAsync(minion, title);
        await tasks.EndAsync(task);
        return task;
    }

    private async Task<Outcome<HandInList>> ListAsync(Inhabitant person, Guid? minion) =>
        await republic.Services.GetRequiredService<GoodHandIns>().ListAsync(person.Id, minion, Ct);

    /// <summary>What the API says at the field, which is the only one that is wrong.</summary>
    private static async Task<string> WrongAsync(Inhabitant person, object body, string field)
    {
        var problem = await person.Api.ProblemAsync(400, HttpMethod.Post, PathOf(person), body);
        var (named, messages) = Assert.Single(problem["errors"]!.AsObject());
        Assert.Equal(field, named);
        return messages![0]!.GetValue<string>();
    }

    private static async Task<List<(string Question, string Answer)>> RowsAsync(Inhabitant person, JsonNode dataset)
    {
        var path = DatasetWorld.PathOf(person, $"/{Text(dataset, "id")}/download");
        var lines = (await person.Api.Http.GetStringAsync(path, Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. lines
                .Select(line => JsonNode.Parse(line)!["messages"]!)
                .Select(messages => (Text(messages[0]!, "content"), Text(messages[1]!, "content"))),
        ];
    }

    private static JsonObject Naming(string field, Guid id) =>
        new() { ["name"] = "x", [field] = field == "task_ids" ? new JsonArray(id) : id };

    private static StringContent JsonBody() => new("""{"name": "x"}""", Encoding.UTF8, "application/json");

    private static string PathOf(Inhabitant person) => DatasetWorld.PathOf(person, "/from-tasks");

    private static string Text(JsonNode json, string field) => json[field]!.GetValue<string>();
}
