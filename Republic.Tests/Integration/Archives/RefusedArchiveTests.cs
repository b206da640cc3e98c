using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Archives;
using Republic.Core.Archives.Importing;
using Republic.Core.Jobs;
using Republic.Tests.World;
using static Republic.Tests.World.ArchiveWorld;

namespace Republic.Tests.Integration.Archives;

/// <summary>An archive that is not what Republic writes is refused before anything of it is added, with a sentence that says why.</summary>
public sealed class RefusedArchiveTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly string NoHash = new('0', 64);

    /// <summary>A comment with a bell in it, as only a minion may have written it.</summary>
    private static readonly string Said =
        $$"""{"id":"{{Guid.CreateVersion7()}}","kind":"hand-in","content":"It \u0007rang.","created_at":"2026-11-01T00:00:00Z","updated_at":"2026-11-01T00:00:00Z"}""";

    private static readonly Dictionary<string, (Func<byte[]> Make, string Says)> Wrong = new(StringComparer.Ordinal)
    {
        ["of a later version"] = (() => new ArchiveFile { Format = 2 }.ToBytes(), "later version of Republic (1.0.0)"),
        ["without a list"] = (
            () =>
                new ArchiveFile { Format = null }
                    .Add("profile.json", "{}")
                    .ToBytes(),
            "no archive of Republic"
        ),
        ["that leads elsewhere"] = (() => ArchiveFile.OfProfile().Add("../../keys/master", "x").ToBytes(), "is called"),
        ["with an entry that is not in its list"] = (
            () => ArchiveFile.OfProfile().Add("tasks.jsonl", "{}", isListed: false).ToBytes(),
            "not in its list"
        ),
        ["with an entry that was changed"] = (
            () => ArchiveFile.OfProfile().Add("tasks.jsonl", "{}", isListed: false).List("tasks.jsonl", 2, NoHash).ToBytes(),
            "was changed since this archive was made"
        ),
        ["that is a bomb"] = (Bomb, "It was not opened"),
        ["that is cut off"] = (() => ArchiveFile.OfProfile().ToBytes()[..^30], "no archive of Republic"),
    };

    public static TheoryData<string> Names => [.. Wrong.Keys];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task One_is_refused_with_a_sentence_and_nothing_of_it_stays(string name)
    {
        var (make, says) = Wrong[name];

        var import = await ImportAsync(republic.Jonas, make());

        Assert.Equal("failed", (string?)import["status"]);
        Assert.Contains(says, (string?)import["error"], StringComparison.Ordinal);
        Assert.Empty(import["imported"]!.AsObject());
        var id = import["id"]!.GetValue<Guid>();
        Assert.Equal(0, await republic.QueryAsync(db => db.AccountImports.Where(i => i.Id == id).Select(i => i.Bytes).SingleAsync()));
        Assert.False(File.Exists(Path.Combine(republic.DataFolder, "imports", id.ToString())));
        Assert.Empty(
            await republic.QueryAsync(db => db.Citizens.Where(c => c.Id == republic.Jonas.Id).Select(c => c.Interests).SingleAsync())
        );
    }

    [Fact]
    public async Task What_is_no_zip_is_not_even_taken_in()
    {
        using var response = await SendAsync(republic.Jonas, "a letter"u8.ToArray());

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("no archive of Republic", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_or_breaks_a_rule_is_skipped_and_the_rest_is_imported()
    {
        var (broken, blank, fine) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var deep = $"{new string('[', 500)}{new string(']', 500)}";
        var archive = ArchiveFile
            .OfProfile()
            .Add($"chats/{broken}.json", $$"""{"id":"{{broken}}","minion_id":"{{broken}}","messages":{{deep}}}""")
            .Add(
                "tasks.jsonl",
                $$"""
                {"id":"{{blank}}","number":1,"title":" ","status":"TODO"}
                {"id":"{{fine}}","number":2,"title":"Water the plants","status":"TODO","comments":[{{Said}}]}
                """
            );
        var person = await republic.NewPersonAsync("Lenient");

        var import = await ImportAsync(person, archive.ToBytes());

        Assert.Equal((1, 1), (Imported(import, "profile"), Imported(import, "tasks")));
        Assert.Equal((1, 1), (Skipped(import, "chats", "invalid"), Skipped(import, "tasks", "invalid")));
        Assert.Equal(
            ["Water the plants"],
            await republic.QueryAsync(db => db.Tasks.Where(t => t.OwnerId == person.Id).Select(t => t.Title).ToListAsync())
        );
        Assert.Equal(
            ["It rang."],
            await republic.QueryAsync(db => db.TaskComments.Where(c => c.CitizenId == person.Id).Select(c => c.Content).ToListAsync())
        );
    }

    [Fact]
    public async Task Beyond_so_many_a_day_none_is_taken_in_though_those_before_were_deleted()
    {
        var person = await republic.NewPersonAsync("Restless");
        var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await republic.QueryAsync(async db =>
        {
            db.Jobs.AddRange(
                Enumerable
                    .Range(0, new ArchiveOptions().ImportsADay)
                    .Select(_ => new Job
                    {
                        OwnerId = person.Id,
                        Kind = ImportWork.KindOfJob,
                        Subject = Guid.CreateVersion7(),
                        Status = JobStatus.Completed,
                        CreatedAt = now,
                    })
            );
            return await db.SaveChangesAsync(Ct);
        });

        using var response = await SendAsync(person, ArchiveFile.OfProfile().ToBytes());

        Assert.Equal(429, (int)response.StatusCode);
    }

    [Fact]
    public async Task Things_of_somebody_else_that_it_names_are_out_of_its_reach()
    {
        var minion = await republic.Ada.NewMinionAsync("out-of-reach");
        var task = (await republic.Ada.Api.PostAsync("/api/tasks", new { title = "Hers" }))["task"]!["id"]!.GetValue<Guid>();
        var (chat, memory, part) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var archive = new ArchiveFile()
            .Add($"chats/{chat}.json", $$"""{"id":"{{chat}}","minion_id":"{{minion.Id}}"}""")
            .Add(
                "memories.jsonl",
                $$"""{"id":"{{memory}}","minion_id":"{{minion.Id}}","content":"I am Ada.","status":"active","source":"person"}"""
            )
            .Add(
                "tasks.jsonl",
                $$"""{"id":"{{part}}","number":1,"title":"His","status":"TODO","parent_id":"{{task}}","depends_on":["{{task}}"],"minion_id":"{{minion.Id}}"}"""
            );
        var person = await republic.NewPersonAsync("Reaching");

        var import = await ImportAsync(person, archive.ToBytes());

        Assert.Equal((1, 1), (Skipped(import, "chats", "minion_missing"), Skipped(import, "memories", "minion_missing")));
        Assert.Equal(2, Notes(import, "reference_dropped").Count);
        var row = await republic.QueryAsync(db => db.Tasks.Include(t => t.Dependencies).SingleAsync(t => t.OwnerId == person.Id));
        Assert.True(row is { ParentId: null, AssignedTo: null, Dependencies.Count: 0 });
        Assert.Equal(0, await republic.QueryAsync(db => db.Memories.CountAsync(m => m.MinionId == minion.Id)));
        Assert.Equal(0, await republic.QueryAsync(db => db.Participants.CountAsync(p => p.CitizenId == minion.Id)));
    }

    /// <summary>128 MB of nothing, as small as that can be.</summary>
    private static byte[] Bomb() =>
        new ArchiveFile { IsSmallest = true }
            .Add("tasks.jsonl", new byte[128 << 20])
            .ToBytes();
}
