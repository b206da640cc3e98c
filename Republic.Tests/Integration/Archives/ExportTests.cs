using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Archives;
using Republic.Core.Archives.Exporting;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Archives;

/// <summary>All that a person has as an archive: whole, of them alone, and without a secret.</summary>
public sealed class ExportTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Marker = "EXPORTED-BY-ADA";
    private const string ProviderKey = "nvapi-canary-5521-exported";
    private const string ToolHeader = "Bearer tool-canary-7733-exported";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    [Fact]
    public async Task One_of_everything_is_in_it_and_no_secret_nor_anything_of_somebody_else()
    {
        var secrets = await PlantSecretsAsync(republic.Ada);
        await republic.Jonas.NewMinionAsync("only-of-jonas");
        var ada = await Belongings.MakeAsync(republic.Ada, Marker);

        var archive = await ArchiveWorld.DownloadAsync(republic.Ada, ada.Export);

        var texts = ArchiveWorld.Texts(archive);
        string[] marked =
        [
            "profile.json",
            $"minions/{ada.Minion}/card.json",
            $"chats/{ada.Conversation}.json",
            $"datasets/{ada.Dataset}/source",
            $"datasets/{ada.Dataset}/versions/1.jsonl",
            $"collections/{ada.Collection}/collection.json",
            "memories.jsonl",
            "tasks.jsonl",
            $"scenarios/{ada.Scenario}.yaml",
            $"scenarios/{ada.Scenario}/1.yaml",
            $"episodes/{ada.Episode}.jsonl",
            "personal-models.json",
        ];
        Assert.All(marked, name => Assert.Contains(Marker, texts[name], StringComparison.Ordinal));
        Assert.Contains(texts.Keys, name => name.StartsWith($"collections/{ada.Collection}/documents/", StringComparison.Ordinal));
        Assert.All(
            texts,
            entry =>
            {
                Assert.All(secrets, secret => Assert.DoesNotContain(secret, entry.Value, StringComparison.Ordinal));
                Assert.DoesNotContain("only-of-jonas", entry.Value, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task Its_last_entry_has_the_hash_of_every_other_one()
    {
        var person = await republic.NewPersonAsync("Listed");
        await person.NewMinionAsync("listed");
        var archive = await ArchiveWorld.DownloadAsync(person, await ArchiveWorld.ExportAsync(person));

        using var zip = new ZipArchive(new MemoryStream(archive), ZipArchiveMode.Read);
        var manifest = JsonNode.Parse(ArchiveWorld.Texts(archive)["archive.json"])!;
        Assert.Equal("archive.json", zip.Entries[^1].FullName);
        Assert.Equal((1, "Listed"), ((int)manifest["format"]!, (string?)manifest["user_name"]));
        Assert.Equal(1, (int)manifest["counts"]!["minions"]!);
        var listed = manifest["entries"]!.AsArray().ToDictionary(entry => (string)entry!["name"]!, entry => (string)entry!["sha256"]!);
        Assert.Equal(zip.Entries.Select(entry => entry.FullName).Where(name => name != "archive.json").Order(), listed.Keys.Order());
        foreach (var entry in zip.Entries.Where(entry => entry.FullName != "archive.json"))
        {
            await using var stream = entry.Open();
            Assert.Equal(listed[entry.FullName], Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, Ct)));
        }
    }

    [Fact]
    public async Task A_chat_that_is_deleted_stays_out_and_one_with_a_deleted_minion_is_there_with_its_minion()
    {
        var person = await republic.NewPersonAsync("Tidy");
        var minion = await person.NewMinionAsync("short-lived");
        var chats = new PlantedChats(republic, person, minion.Id);
        var (kept, deleted) = (await chats.ChatAsync(), await chats.ChatAsync());
        await person.Api.DeleteAsync($"/api/conversations/{deleted}");
        await person.Api.DeleteAsync($"/api/minions/{minion.Id}");

        var texts = ArchiveWorld.Texts(await ArchiveWorld.DownloadAsync(person, await ArchiveWorld.ExportAsync(person)));

        Assert.Equal([$"chats/{kept}.json"], texts.Keys.Where(name => name.StartsWith("chats/", StringComparison.Ordinal)));
        Assert.Contains("\"is_deleted\":true", texts[$"minions/{minion.Id}/minion.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_one_is_made_that_is_the_one_and_it_can_be_cancelled()
    {
        var person = await republic.NewPersonAsync("Patient");
        var id = await PlantWaitingAsync(person);

        var begun = (await person.Api.PostAsync("/api/account/export"))["export"]!;

        Assert.Equal((id.ToString(), "queued"), ((string?)begun["id"], (string?)begun["status"]));
        await person.Api.ProblemAsync(404, HttpMethod.Get, $"/api/account/exports/{id}/download");
        await person.Api.DeleteAsync($"/api/account/exports/{id}");
        await person.Api.ProblemAsync(404, HttpMethod.Get, $"/api/account/exports/{id}");
        Assert.Equal(
            JobStatus.Cancelled,
            await republic.QueryAsync(db => db.Jobs.Where(j => j.Subject == id).Select(j => j.Status).SingleAsync())
        );
    }

    [Fact]
    public async Task The_newest_three_are_kept_and_a_deleted_one_is_gone_with_its_file()
    {
        var person = await republic.NewPersonAsync("Collector");
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await ArchiveWorld.ExportAsync(person));
        }

        await person.Api.ProblemAsync(404, HttpMethod.Get, $"/api/account/exports/{ids[0]}");
        Assert.Equal([false, true, true, true], ids.Select(IsOnDisk));

        await person.Api.DeleteAsync($"/api/account/exports/{ids[3]}");

        Assert.False(IsOnDisk(ids[3]));
        Assert.True(IsOnDisk(ids[2]));
    }

    [Fact]
    public async Task Beyond_so_many_a_day_none_is_made()
    {
        var person = await republic.NewPersonAsync("Eager");
        await republic.QueryAsync(async db =>
        {
            db.Jobs.AddRange(Enumerable.Range(0, new ArchiveOptions().ExportsADay).Select(_ => Done(person)));
            return await db.SaveChangesAsync();
        });

        var problem = await person.Api.ProblemAsync(429, HttpMethod.Post, "/api/account/export");

        Assert.Contains("within a day", (string?)problem["detail"], StringComparison.Ordinal);
    }

    private bool IsOnDisk(string export) => File.Exists(Path.Combine(republic.DataFolder, "exports", $"{export}.zip"));

    private Job Done(Inhabitant person) =>
        new()
        {
            OwnerId = person.Id,
            Kind = ExportWork.KindOfJob,
            Subject = Guid.CreateVersion7(),
            Status = JobStatus.Completed,
            CreatedAt = Now,
        };

    /// <summary>One whose job no node can take.</summary>
    private Task<Guid> PlantWaitingAsync(Inhabitant person) =>
        republic.QueryAsync(async db =>
        {
            var job = new Job
            {
                OwnerId = person.Id,
                Kind = ExportWork.KindOfJob,
                Subject = Guid.CreateVersion7(),
                CreatedAt = Now.AddDays(1),
            };
            db.Jobs.Add(job);
            db.AccountExports.Add(
                new AccountExport
                {
                    Id = job.Subject,
                    OwnerId = person.Id,
                    FileName = "waiting.zip",
                    JobId = job.Id,
                    CreatedAt = Now,
                    ExpiresAt = Now.AddDays(7),
                }
            );
            await db.SaveChangesAsync();
            return job.Subject;
        });

    /// <summary>Of every kind; also the hashes of those that are kept as hashes alone.</summary>
    private async Task<List<string>> PlantSecretsAsync(Inhabitant person)
    {
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("keyed", vendor);
        await person.Api.PostAsync(
            $"/api/users/{person.Id}/providers",
            new
            {
                provider = "nvidia",
                label = "canary",
                api_key = ProviderKey,
            }
        );
        await person.Api.PostAsync(
            "/api/tool-servers",
            new
            {
                name = "canary",
                url = "http://127.0.0.1:9/mcp",
                headers = new { Authorization = ToolHeader },
            }
        );
        var token = (await person.Api.PostAsync("/api/account/tokens", new { name = "canary" }))["token"]!.GetValue<string>();
        var (password, keyHash, sealedKey) = await republic.QueryAsync(async db =>
        {
            var account = await db.Users.SingleAsync(p => p.Id == person.Id);
            var row = await db.Minions.SingleAsync(m => m.Id == minion.Id);
            return (account.PasswordHash!, row.RepublicKeyHash, row.SealedApiKey!);
        });
        return
        [
            FakeVendor.Key,
            ProviderKey,
            ToolHeader,
            token,
            minion.Key,
            minion.RepublicId,
            password,
            person.Password,
            Convert.ToBase64String(keyHash),
            Convert.ToHexStringLower(keyHash),
            Convert.ToBase64String(sealedKey),
            vendor.BaseUrl.ToString(),
        ];
    }
}
