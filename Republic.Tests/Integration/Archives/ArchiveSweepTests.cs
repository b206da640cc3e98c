using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Archives;
using Republic.Core.Archives.Exporting;
using Republic.Core.Archives.Importing;
using Republic.Core.Jobs;
using Republic.Tests.World;
using static Republic.Tests.World.ArchiveWorld;

namespace Republic.Tests.Integration.Archives;

/// <summary>What is left of exports and imports: by their time, and by a node that was killed.</summary>
public sealed class ArchiveSweepTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    [Fact]
    public async Task An_export_whose_time_is_over_is_gone_with_its_file()
    {
        var person = await republic.NewPersonAsync("Forgetful");
        var (kept, over) = (Guid.Parse(await ExportAsync(person)), Guid.Parse(await ExportAsync(person)));
        await republic.QueryAsync(db =>
            db.AccountExports.Where(e => e.Id == over).ExecuteUpdateAsync(set => set.SetProperty(e => e.ExpiresAt, Now.AddMinutes(-1)), Ct)
        );

        await republic.Services.GetRequiredService<ExportSweep>().SweepAsync(Ct);

        Assert.Equal(
            [kept],
            await republic.QueryAsync(db => db.AccountExports.Where(e => e.OwnerId == person.Id).Select(e => e.Id).ToListAsync(Ct))
        );
        Assert.Equal((true, false), (File.Exists(PathOf("exports", $"{kept}.zip")), File.Exists(PathOf("exports", $"{over}.zip"))));
    }

    [Fact]
    public async Task An_export_whose_file_a_restore_did_not_bring_says_so()
    {
        var person = await republic.NewPersonAsync("Restored");
        var id = await ExportAsync(person);
        File.Delete(PathOf("exports", $"{id}.zip"));

        var export = (await person.Api.GetAsync($"/api/account/exports/{id}"))["export"]!;

        Assert.Equal("failed", (string?)export["status"]);
        Assert.Contains("Export again.", (string?)export["error"], StringComparison.Ordinal);
        await person.Api.ProblemAsync(404, HttpMethod.Get, $"/api/account/exports/{id}/download");
    }

    [Fact]
    public async Task An_import_whose_time_is_over_is_gone_with_its_archive()
    {
        var person = await republic.NewPersonAsync("Undecided");
        var id = await PlantAsync(person, ArchiveFile.OfProfile().ToBytes(), selection: null, progress: null, Now.AddMinutes(-1));

        await republic.Services.GetRequiredService<ImportSweep>().SweepAsync(Ct);

        await person.Api.ProblemAsync(404, HttpMethod.Get, $"/api/account/imports/{id}");
        Assert.False(File.Exists(PathOf("imports", id.ToString())));
    }

    [Fact]
    public async Task A_start_after_one_that_was_killed_counts_what_that_one_had_added_and_adds_the_rest()
    {
        var person = await republic.NewPersonAsync("Before");
        var minion = await person.NewMinionAsync("remembering");
        foreach (var content in (string[])["I live in Oslo.", "My dog is called Rex."])
        {
            await person.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content });
        }

        var archive = await DownloadAsync(person, await ExportAsync(person));
        var heir = await republic.NewPersonAsync("After");
        await ImportAsync(heir, archive, only: "minions,memories");
        var memories = await republic.QueryAsync(db =>
            db.Memories.Where(m => m.OwnerId == heir.Id).OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(Ct)
        );
        await republic.QueryAsync(db => db.Memories.Where(m => m.Id == memories[1]).ExecuteDeleteAsync(Ct));
        // As it is written down before things are tried: the first was added then, and the second was not.
        var killed = new ImportProgress
        {
            Imported = new Dictionary<string, int> { ["minions"] = 1 },
            Kind = "memories",
            Trying = memories,
        };
        var id = await PlantAsync(heir, archive, ImportSelection.All, killed, Now.AddDays(7));

        var import = await EndAsync(heir, await BeginAsync(heir, id));

        Assert.True((string?)import["status"] == "completed", import.ToJsonString());
        Assert.Equal((1, 2), (Imported(import, "minions"), Imported(import, "memories")));
        Assert.Equal((0, 0), (Skipped(import, "minions", "already_imported"), Skipped(import, "memories", "already_imported")));
        Assert.Equal(
            memories,
            await republic.QueryAsync(db =>
                db.Memories.Where(m => m.OwnerId == heir.Id).OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(Ct)
            )
        );
        Assert.False(File.Exists(PathOf("imports", id.ToString())));
    }

    private string PathOf(string folder, string file) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(republic.DataFolder, folder)).FullName, file);

    /// <summary>One that was uploaded, without its job.</summary>
    private async Task<Guid> PlantAsync(
        Inhabitant person,
        byte[] archive,
        ImportSelection? selection,
        ImportProgress? progress,
        DateTimeOffset expires
    )
    {
        var id = Guid.CreateVersion7();
        await File.WriteAllBytesAsync(PathOf("imports", id.ToString()), archive, Ct);
        await republic.QueryAsync(db =>
        {
            db.AccountImports.Add(
                new AccountImport
                {
                    Id = id,
                    OwnerId = person.Id,
                    FileName = "planted.zip",
                    Bytes = archive.Length,
                    Selection = selection,
                    Progress = progress,
                    CreatedAt = Now,
                    ExpiresAt = expires,
                }
            );
            return db.SaveChangesAsync(Ct);
        });
        return id;
    }

    /// <returns>The id of the import.</returns>
    private async Task<string> BeginAsync(Inhabitant person, Guid import)
    {
        var jobs = republic.Services.GetRequiredService<JobControl>();
        var job = await republic.QueryAsync(async db =>
        {
            var added = jobs.Add(db, person.Id, ImportWork.KindOfJob, import);
            await db.SaveChangesAsync(Ct);
            await db.AccountImports.Where(i => i.Id == import).ExecuteUpdateAsync(set => set.SetProperty(i => i.JobId, added.Id), Ct);
            return added;
        });
        await jobs.StartAsync(job);
        return import.ToString();
    }
}
