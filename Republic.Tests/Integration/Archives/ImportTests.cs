using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives;
using Republic.Core.Tasks;
using Republic.Tests.World;
using static Republic.Tests.World.ArchiveWorld;

namespace Republic.Tests.Integration.Archives;

/// <summary>An archive in the hands of somebody else: a copy of everything, once, of which nothing leads back.</summary>
public sealed class ImportTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Marker = "CARRIED-OVER";
    private static readonly string[] Whole =
    [
        ArchiveKinds.Profile,
        ArchiveKinds.Datasets,
        ArchiveKinds.Collections,
        ArchiveKinds.Minions,
        ArchiveKinds.Chats,
        ArchiveKinds.Memories,
        ArchiveKinds.Tasks,
        ArchiveKinds.Scenarios,
    ];

    [Fact]
    public async Task What_she_exported_is_his_as_a_copy_and_the_second_time_nothing_more()
    {
        var ada = await Belongings.MakeAsync(republic.Ada, Marker);
        var (before, archive) = (await ada.PictureAsync(), await DownloadAsync(republic.Ada, ada.Export));
        var heir = await republic.NewPersonAsync("Heir");

        var first = await ImportAsync(heir, archive);

        Assert.True((string?)first["status"] == "completed", first.ToJsonString());
        var counts = first["contents"]!["counts"]!;
        Assert.All(
            Whole,
            kind => Assert.True(Imported(first, kind) == (int)counts[kind]! && (int)counts[kind]! > 0, $"{kind}: {first.ToJsonString()}")
        );
        Assert.Equal((int)counts["episodes"]!, Skipped(first, "episodes", "not_imported_yet"));
        Assert.Equal((int)counts["personal_models"]!, Skipped(first, "personal_models", "file_missing"));
        await AssertOwnAsync(heir, ada);
        var rows = await RowsAsync(heir);
        Assert.Equal(before, await ada.PictureAsync());

        var second = await ImportAsync(heir, archive);

        Assert.Empty(second["imported"]!.AsObject());
        Assert.All(Whole, kind => Assert.Equal((int)counts[kind]!, Skipped(second, kind, "already_imported")));
        Assert.Equal(rows, await RowsAsync(heir));
    }

    [Fact]
    public async Task Only_what_was_chosen_is_imported()
    {
        var person = await republic.NewPersonAsync("Whole");
        var minion = await person.NewMinionAsync("chosen");
        await person.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content = "I live in Oslo." });
        await new PlantedChats(republic, person, minion.Id).ChatAsync();
        await person.Api.PostAsync("/api/tasks", new { title = "Left behind" });
        var archive = await DownloadAsync(person, await ExportAsync(person));
        var heir = await republic.NewPersonAsync("Chooser");

        var first = await ImportAsync(heir, archive, only: "minions,memories");

        Assert.Equal((1, 1), (Imported(first, "minions"), Imported(first, "memories")));
        Assert.Equal((0, 0, 0), await LeftAsync(heir));

        var second = await ImportAsync(heir, archive);

        Assert.Equal((1, 1), (Skipped(second, "minions", "already_imported"), Skipped(second, "memories", "already_imported")));
        Assert.Equal((1, 1, 1), await LeftAsync(heir));
        // The chat of a minion that came before is that minion's.
        Assert.True(await republic.QueryAsync(db => db.Participants.AnyAsync(p => p.CitizenId == ArchivedId.Of(heir.Id, minion.Id))));
        var wrong = await SendAsync(heir, archive, only: "minions,secrets");
        Assert.Equal(400, (int)wrong.StatusCode);

        async Task<(int Chats, int Messages, int Tasks)> LeftAsync(Inhabitant owner) =>
            await republic.QueryAsync(async db =>
                (
                    await db.Conversations.CountAsync(c => c.OwnerId == owner.Id),
                    await db.Participants.CountAsync(p => p.CitizenId == owner.Id),
                    await db.Tasks.CountAsync(t => t.OwnerId == owner.Id)
                )
            );
    }

    [Fact]
    public async Task Branches_and_ratings_are_there_in_their_order_and_nobody_agreed_that_they_teach()
    {
        var person = await republic.NewPersonAsync("Branching");
        var minion = await person.NewMinionAsync("branched");
        var chats = new PlantedChats(republic, person, minion.Id);
        var chat = await chats.ChatAsync(teaches: true);
        var answers = await chats.AnswersAsync(chat, count: 3, score: 0.25, correction: "Behind the mill.");
        await republic.QueryAsync(db => db.Conversations.ExecuteUpdateLeafAsync(chat, answers[1]));
        var archive = await DownloadAsync(person, await ExportAsync(person));
        var heir = await republic.NewPersonAsync("Grafter");

        await ImportAsync(heir, archive);

        var copy = ArchivedId.Of(heir.Id, chat);
        var shown = (await heir.Api.GetAsync($"/api/conversations/{copy}/messages"))["messages"]!.AsArray();
        Assert.Equal(ArchivedId.Of(heir.Id, answers[1]).ToString(), (string?)shown[^1]!["id"]);
        Assert.Equal(3, shown[0]!["siblings"]!.AsArray().Count);
        Assert.Equal(0.25, (double)shown[^1]!["feedback"]!["score"]!);
        Assert.StartsWith("Behind the mill.", (string?)shown[^1]!["feedback"]!["correction"], StringComparison.Ordinal);
        Assert.Equal("sprout", (string?)shown[^1]!["imported"]!["model"]);
        Assert.Null(shown[^1]!["model"]);
        Assert.Equal("off", (string?)(await heir.Api.GetAsync($"/api/conversations/{copy}"))["conversation"]!["training"]);
    }

    [Fact]
    public async Task Tasks_keep_their_columns_parts_and_dependencies_and_no_minion_begins()
    {
        var person = await republic.NewPersonAsync("Planner");
        var minion = await person.NewMinionAsync("worker");
        var whole = await TaskAsync(person, new { title = "Whole" });
        var part = await TaskAsync(person, new { title = "Part", parent_id = whole });
        var later = await TaskAsync(person, new { title = "Later", depends_on = new[] { part } });
        await person.Api.PostAsync($"/api/tasks/{part}/comments", new { content = "Said of it." });
        await republic.QueryAsync(db => db.Tasks.PlantStateAsync(later, minion.Id));
        var archive = await DownloadAsync(person, await ExportAsync(person));
        var heir = await republic.NewPersonAsync("Continuer");

        await ImportAsync(heir, archive);

        var copy = (await heir.Api.GetAsync($"/api/tasks/{ArchivedId.Of(heir.Id, part)}"))["task"]!;
        Assert.Equal(ArchivedId.Of(heir.Id, whole).ToString(), (string?)copy["parent_id"]);
        Assert.Equal(2, (int)copy["number"]!);
        Assert.Single((await heir.Api.GetAsync($"/api/tasks/{copy["id"]}/comments"))["comments"]!.AsArray());
        var row = await republic.QueryAsync(db =>
            db.Tasks.Include(t => t.Dependencies).SingleAsync(t => t.Id == ArchivedId.Of(heir.Id, later))
        );
        Assert.Equal(ArchivedId.Of(heir.Id, part), Assert.Single(row.Dependencies).DependsOnId);
        Assert.Equal((ArchivedId.Of(heir.Id, minion.Id), WorkTaskStatus.InProgress), (row.AssignedTo, row.Status));
        Assert.Equal(0, await republic.QueryAsync(db => db.TaskAttempts.CountAsync(a => a.OwnerId == heir.Id)));
    }

    [Fact]
    public async Task Where_tasks_are_on_the_board_already_those_that_come_get_numbers_behind_them()
    {
        var person = await republic.NewPersonAsync("Numbered");
        var first = await TaskAsync(person, new { title = "First" });
        var archive = await DownloadAsync(person, await ExportAsync(person));
        var heir = await republic.NewPersonAsync("Counter");
        await TaskAsync(heir, new { title = "Own" });

        await ImportAsync(heir, archive);
        await TaskAsync(heir, new { title = "Next" });

        var numbers = await republic.QueryAsync(db =>
            db.Tasks.Where(t => t.OwnerId == heir.Id).OrderBy(t => t.Number).Select(t => t.Title).ToListAsync()
        );
        Assert.Equal(["Own", "First", "Next"], numbers);
        Assert.True(await republic.QueryAsync(db => db.Tasks.AnyAsync(t => t.Id == ArchivedId.Of(heir.Id, first) && t.Number == 2)));
    }

    [Fact]
    public async Task A_minion_answers_through_the_stages_that_it_had_and_a_fallback_that_needs_an_address_is_named()
    {
        var person = await republic.NewPersonAsync("Stager");
        await using var vendor = new FakeVendor();
        var fallback = new JsonObject
        {
            ["provider"] = "custom",
            ["model_id"] = "spare-model",
            ["base_url"] = vendor.BaseUrl.ToString(),
        };
        var minion = await person.NewMinionAsync("staged", more: new JsonObject { ["fallbacks"] = new JsonArray(fallback) });
        var stages = new { knowledge = false, answers_without_passages = true };
        await person.Api.PutAsync($"/api/minions/{minion.Id}/knowledge", new { stages });
        var archive = await DownloadAsync(person, await ExportAsync(person));
        var heir = await republic.NewPersonAsync("Performer");

        var import = await ImportAsync(heir, archive);

        var row = await republic.QueryAsync(db => db.Minions.SingleAsync(m => m.Id == ArchivedId.Of(heir.Id, minion.Id)));
        Assert.True(row is { Pipeline: { Knowledge: false, AnswersWithoutPassages: true }, Fallbacks.Count: 0, FallbackConsent: false });
        Assert.StartsWith("1 fallback", (string?)Assert.Single(Notes(import, "reference_dropped"))["message"], StringComparison.Ordinal);
    }

    private static async Task<Guid> TaskAsync(Inhabitant person, object fields) =>
        (await person.Api.PostAsync("/api/tasks", fields))["task"]!["id"]!.GetValue<Guid>();

    /// <summary>What is his names him and his minions alone, and no key came along.</summary>
    private async Task AssertOwnAsync(Inhabitant heir, Belongings ada)
    {
        var minion = await republic.QueryAsync(db => db.Minions.SingleAsync(m => m.Id == ArchivedId.Of(heir.Id, Guid.Parse(ada.Minion))));
        Assert.Equal((heir.Id, 0m), (minion.OwnerId, minion.Experience));
        Assert.True(minion is { SealedApiKey: null, CredentialId: null });
        Assert.NotEqual(ada.RepublicId, minion.RepublicId);
        var strangers = await republic.QueryAsync(async db =>
        {
            var own = db
                .Citizens.Where(c => c.Id == heir.Id || db.Minions.Any(m => m.Id == c.Id && m.OwnerId == heir.Id))
                .Select(c => c.Id);
            var chats = db.Conversations.Where(c => c.OwnerId == heir.Id).Select(c => c.Id);
            return await db.Messages.CountAsync(m => chats.Contains(m.ConversationId) && !own.Contains(m.AuthorId))
                + await db.Memories.CountAsync(m => m.OwnerId == heir.Id && !own.Contains(m.MinionId))
                + await db.Tasks.CountAsync(t => t.OwnerId == heir.Id && t.AssignedTo != null && !own.Contains(t.AssignedTo.Value))
                + await db.TaskShares.CountAsync(s => s.OwnerId == heir.Id)
                + await db.Credentials.CountAsync(c => c.OwnerId == heir.Id);
        });
        Assert.Equal(0, strangers);
    }

    private Task<string> RowsAsync(Inhabitant person) =>
        republic.QueryAsync(async db =>
        {
            int[] rows =
            [
                await db.Minions.CountAsync(m => m.OwnerId == person.Id),
                await db.MinionVersions.CountAsync(v => db.Minions.Any(m => m.Id == v.MinionId && m.OwnerId == person.Id)),
                await db.Messages.CountAsync(m => db.Conversations.Any(c => c.Id == m.ConversationId && c.OwnerId == person.Id)),
                await db.Memories.CountAsync(m => m.OwnerId == person.Id),
                await db.Datasets.CountAsync(d => d.OwnerId == person.Id),
                await db.Documents.CountAsync(d => d.OwnerId == person.Id),
                await db.Tasks.CountAsync(t => t.OwnerId == person.Id),
                await db.Scenarios.CountAsync(s => s.OwnerId == person.Id),
                await db.CustomFields.CountAsync(f => f.CitizenId == person.Id),
            ];
            return string.Join(' ', rows);
        });
}
