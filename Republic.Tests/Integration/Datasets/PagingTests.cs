using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

public sealed class PagingTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Changes_that_wait_come_in_pages_oldest_first()
    {
        var (path, rows) = await MakeAsync("waiting");
        foreach (var row in rows.Take(5))
        {
            await world.Jonas.Api.PutAsync($"{path}/changes/{Hash(row)}", new { messages = (object?)null });
        }

        var pages = await PagesAsync($"{path}/changes", "changes");

        Assert.Equal([2, 2, 1], pages.Select(page => page.Count));
        Assert.Equal(rows.Take(5).Select(Hash), pages.SelectMany(page => page).Select(Hash));
        await world.Jonas.Api.ProblemAsync(400, HttpMethod.Get, $"{path}/changes?cursor=none");
    }

    [Fact]
    public async Task Versions_come_in_pages_newest_first()
    {
        var (path, _) = await MakeAsync("versions");
        foreach (var seed in new[] { 2, 3 })
        {
            await world.Jonas.Api.PostAsync($"{path}/versions", new { seed });
            await DatasetWorld.EndOfAsync(world.Jonas, path[(path.LastIndexOf('/') + 1)..]);
        }

        var pages = await PagesAsync($"{path}/versions", "versions");

        Assert.Equal([2, 1], pages.Select(page => page.Count));
        Assert.Equal([3, 2, 1], pages.SelectMany(page => page).Select(version => version!["version"]!.GetValue<int>()));
        await world.Jonas.Api.ProblemAsync(400, HttpMethod.Get, $"{path}/versions?cursor=-1");
    }

    [Fact]
    public async Task To_say_nothing_of_a_row_does_not_drop_it()
    {
        var (path, rows) = await MakeAsync("silence");

        await world.Jonas.Api.ProblemAsync(400, HttpMethod.Put, $"{path}/changes/{Hash(rows[0])}", new { });

        Assert.Empty((await world.Jonas.Api.GetAsync($"{path}/changes"))["changes"]!.AsArray());
    }

    private static string Hash(JsonNode? row) => row!["hash"]!.GetValue<string>();

    private async Task<(string Path, JsonArray Rows)> MakeAsync(string about)
    {
        var made = await DatasetWorld.MakeAsync(world.Jonas, DatasetWorld.Pairs(8, about));
        var path = DatasetWorld.PathOf(world.Jonas, $"/{made["id"]!.GetValue<string>()}");
        return (path, (await world.Jonas.Api.GetAsync($"{path}/preview"))["rows"]!.AsArray());
    }

    private async Task<List<JsonArray>> PagesAsync(string path, string name)
    {
        var pages = new List<JsonArray>();
        string? cursor = null;
        do
        {
            var page = await world.Jonas.Api.GetAsync($"{path}?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            pages.Add(page[name]!.AsArray());
            cursor = page["next_cursor"]?.GetValue<string>();
            Assert.True(pages.Count < 10, "The pages never end.");
        } while (cursor is not null);

        return pages;
    }
}
