using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives;
using Republic.Core.Llama.Gguf;
using Republic.Core.Minions;
using Republic.Tests.World;
using static Republic.Tests.World.ArchiveWorld;

namespace Republic.Tests.Integration.Archives;

/// <summary>Versions with weights, which are checked as any weights are, and which nobody judged here.</summary>
public sealed class ImportedVersionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private string Folder => Directory.CreateDirectory(Path.Combine(republic.DataFolder, "adapters")).FullName;

    [Fact]
    public async Task Weights_come_along_and_the_version_in_use_is_in_use_again()
    {
        var (person, minion, adapter) = await TrainAsync("Trainer");
        TinyAdapters.Write(Folder, adapter, GgufMutations.SproutPath, seed: 1);

        var (heir, import) = await HandOverAsync(person, "Apprentice");

        var id = ArchivedId.Of(heir.Id, minion);
        var row = await VersionAsync(id);
        Assert.NotNull(row);
        var sha256 = GgufHash.Of(Path.Combine(Folder, $"{adapter}.gguf"));
        Assert.Equal(ArchivedId.Of(heir.Id, sha256).ToString("N"), row.Adapter);
        Assert.Equal(sha256, GgufHash.Of(Path.Combine(Folder, $"{row.Adapter}.gguf")));
        Assert.Equal(row.AdapterSha256, GgufHash.Of(Path.Combine(Folder, $"{row.Adapter}.gguf")));
        var versions = (await heir.Api.GetAsync($"/api/minions/{id}/versions"))["versions"]!.AsArray();
        Assert.Equal([1, 0], versions.Select(version => (int)version!["version"]!));
        Assert.Equal((true, null), ((bool)versions[0]!["is_live"]!, (string?)versions[0]!["verdict"]));
        Assert.True((bool)versions[0]!["imported"]!["was_in_use"]!);
        Assert.Empty(Notes(import, "not_in_use"));
        var page = await (await heir.BrowserAsync()).ReadAsync($"/models/{id}/versions/1");
        Assert.Contains("Nobody judged it here.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_are_none_are_refused_and_the_minion_is_there_without_them()
    {
        var (person, minion, adapter) = await TrainAsync("Breaker");
        var path = TinyAdapters.Write(Folder, adapter, GgufMutations.SproutPath, seed: 2);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        var (heir, import) = await HandOverAsync(person, "Mender");

        var id = ArchivedId.Of(heir.Id, minion);
        Assert.Equal(1, Imported(import, "minions"));
        Assert.Contains(
            "Version 1 was not imported.",
            (string?)Assert.Single(Notes(import, "invalid"))["message"],
            StringComparison.Ordinal
        );
        Assert.Null(await VersionAsync(id));
        var sha256 = GgufHash.Of(path);
        Assert.False(File.Exists(Path.Combine(Folder, $"{ArchivedId.Of(heir.Id, sha256):N}.gguf")));
        Assert.Empty(Directory.GetFiles(Folder, $"{ArchivedId.Of(heir.Id, adapter):N}*"));
    }

    [Fact]
    public async Task A_version_whose_base_is_not_here_is_listed_and_not_in_use()
    {
        var (person, minion, adapter) = await TrainAsync("Elsewhere", model: "a-model-of-theirs");
        TinyAdapters.Write(Folder, adapter, GgufMutations.SproutPath, seed: 3);

        var (heir, import) = await HandOverAsync(person, "Homely");

        var id = ArchivedId.Of(heir.Id, minion);
        Assert.Contains(
            "a-model-of-theirs, is not here",
            (string?)Assert.Single(Notes(import, "base_missing"))["message"],
            StringComparison.Ordinal
        );
        Assert.Single(Notes(import, "not_in_use"));
        Assert.NotNull(await VersionAsync(id));
        Assert.Equal(0, await republic.QueryAsync(db => db.Minions.Where(m => m.Id == id).Select(m => m.Version).SingleAsync()));
    }

    [Fact]
    public async Task Weights_that_no_model_takes_are_listed_and_nobody_puts_them_in_use()
    {
        var (person, minion, adapter) = await TrainAsync("Tinkerer");
        TinyAdapters.Write(Folder, adapter, GgufMutations.SproutPath, seed: 4, AdapterFault.Key("adapter.lora.alpha", "a lot"));

        var (heir, import) = await HandOverAsync(person, "Tester");

        var id = ArchivedId.Of(heir.Id, minion);
        Assert.Contains(
            "cannot be used as things are",
            (string?)Assert.Single(Notes(import, "invalid"))["message"],
            StringComparison.Ordinal
        );
        Assert.Contains("cannot be put on", (string?)Assert.Single(Notes(import, "not_in_use"))["message"], StringComparison.Ordinal);
        Assert.Equal(0, await republic.QueryAsync(db => db.Minions.Where(m => m.Id == id).Select(m => m.Version).SingleAsync()));
        await heir.Api.ProblemAsync(409, HttpMethod.Post, $"/api/minions/{id}/versions/1/promote");
    }

    private Task<MinionVersion?> VersionAsync(Guid minion) =>
        republic.QueryAsync(db => db.MinionVersions.AsNoTracking().SingleOrDefaultAsync(v => v.MinionId == minion && v.Number == 1));

    /// <summary>A minion as a run would have left it, with weights of that name, in use.</summary>
    private async Task<(Inhabitant Person, Guid Minion, string Adapter)> TrainAsync(string name, string? model = null)
    {
        var person = await republic.NewPersonAsync(name);
        var minion = await person.NewMinionAsync("trained");
        var adapter = Guid.CreateVersion7().ToString("N");
        await republic.QueryAsync(async db =>
        {
            var row = await db.Minions.SingleAsync(m => m.Id == minion.Id);
            db.MinionVersions.Add(MinionVersion.Of(row, row.CreatedAt));
            db.MinionVersions.Add(
                new MinionVersion
                {
                    MinionId = minion.Id,
                    Number = 1,
                    Provider = row.Provider,
                    ModelId = model ?? row.ModelId,
                    Adapter = adapter,
                    BaseSha256 = GgufHash.Of(GgufMutations.SproutPath),
                    CreatedAt = row.CreatedAt,
                }
            );
            row.Version = 1;
            return await db.SaveChangesAsync();
        });
        return (person, minion.Id, adapter);
    }

    private async Task<(Inhabitant Heir, JsonNode Import)> HandOverAsync(Inhabitant person, string to)
    {
        var archive = await DownloadAsync(person, await ExportAsync(person));
        var heir = await republic.NewPersonAsync(to);
        return (heir, await ImportAsync(heir, archive));
    }
}
