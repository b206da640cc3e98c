using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

/// <summary>Of two nodes one is killed, and neither has room.</summary>
[Collection(nameof(KillableNodes))]
public sealed class KillTests(KillableNodes nodes)
{
    private const int Rows = 60_000;

    [Fact]
    public async Task A_dataset_whose_node_is_killed_in_the_middle_is_made_by_the_other_as_if_nothing_had_been()
    {
        var mira = await nodes.NewPersonAsync();
        var file = DatasetWorld.Pairs(Rows);
        var calm = await DatasetWorld.MakeAsync(mira, file, "calm.jsonl");

        using var form = DatasetWorld.Form(("killed.jsonl", file));
        var (_, body) = await DatasetWorld.SendAsync(mira, form);
        var id = body["dataset"]!["id"]!.GetValue<Guid>();
        await nodes.KillHolderAsync(id);

        var dataset = await DatasetWorld.EndOfAsync(mira.At(nodes.Address), $"{id}");
        Assert.Equal("ready", dataset["status"]!.GetValue<string>());
        Assert.Equal(calm["sha256"]!.GetValue<string>(), dataset["sha256"]!.GetValue<string>());
        Assert.Equal(calm["stats"]!.ToJsonString(), dataset["stats"]!.ToJsonString());
        Assert.Equal(2, await nodes.StartsOfAsync(id));
        Assert.Equal(["v1-2"], Directory.GetDirectories(Folder($"{id}")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_finds_no_room_says_so_leaves_nothing_behind_and_goes_on_when_there_is_some()
    {
        var mira = await nodes.NewPersonAsync();
        var before = Directory.GetDirectories(Folder());
        try
        {
            nodes.LimitFiles(512 << 10);
            using var large = DatasetWorld.Form(("large.jsonl", DatasetWorld.Pairs(20_000)));

            var (status, body) = await DatasetWorld.SendAsync(mira, large);

            Assert.Equal(409, (int)status);
            Assert.Contains("disk is full", body["detail"]!.GetValue<string>());
            Assert.Equal(before, Directory.GetDirectories(Folder()));
            // A version is longer than its source: this one fits, and what is made of it does not.
            var fits = DatasetWorld.Pairs(5_000);
            Assert.InRange(fits.Length, 400 << 10, 512 << 10);
            var unmade = await DatasetWorld.MakeAsync(mira, fits);
            var id = unmade["id"]!.GetValue<string>();
            Assert.Equal("failed", unmade["status"]!.GetValue<string>());
            Assert.Contains("disk is full", unmade["error"]!.GetValue<string>());
            Assert.Empty(Directory.GetDirectories(Folder(id)));
            Assert.Equal("ready", (await DatasetWorld.MakeAsync(mira, DatasetWorld.Pairs(20)))["status"]!.GetValue<string>());

            nodes.LimitFiles(1 << 30);
            await mira.Api.PostAsync(DatasetWorld.PathOf(mira, $"/{id}/retry"));
            Assert.Equal(5_000, (await DatasetWorld.EndOfAsync(mira, id))["sample_count"]!.GetValue<int>());
        }
        finally
        {
            nodes.LimitFiles(long.MaxValue);
        }
    }

    private string Folder(string? dataset = null) =>
        Directory.CreateDirectory(Path.Combine(nodes.DataFolder, "datasets", dataset ?? "")).FullName;
}
