using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

/// <summary>A version may have no rows at all: every line malformed, or every row dropped. It is looked at like any other.</summary>
public sealed class EmptyVersionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly string[] Figures =
    [
        "training",
        "validation",
        "characters",
        "shortest_characters",
        "longest_characters",
        "mean_characters",
        "mean_turns",
        "mean_quality",
        "about_tokens",
    ];

    [Theory]
    [InlineData("{\"prompt\": \"cut off\nno row at all\n")]
    [InlineData("{\"prompt\": \"a\", \"completion\": \"b\"}\n")]
    public async Task Everything_that_is_told_of_no_rows_is_0_or_empty(string file)
    {
        var made = await DatasetWorld.MakeAsync(republic.Jonas, Encoding.UTF8.GetBytes(file));
        var path = DatasetWorld.PathOf(republic.Jonas, $"/{made["id"]!.GetValue<string>()}");

        Assert.Equal(("ready", 0, 1), (made["status"]!.GetValue<string>(), Number(made, "sample_count"), Number(made, "version")));
        var samples = (await GetAsync($"{path}/statistics"))["samples"]!;
        Assert.Equal(Figures.Select(_ => 0.0), Figures.Select(figure => samples[figure]!.GetValue<double>()));
        Assert.Empty(samples["tokens"]!.AsArray());
        Assert.Equal(Enumerable.Repeat(0, 10), samples["quality"]!.AsArray().Select(bin => Number(bin!, "count")));
        var page = await GetAsync($"{path}/preview");
        Assert.Equal((0, 0), (page["rows"]!.AsArray().Count, Number(page, "total")));
        Assert.Null(page["next"]);
        Assert.Empty((await GetAsync($"{path}/preview?search=a"))["rows"]!.AsArray());
        Assert.Empty((await GetAsync($"{path}/duplicates"))["clusters"]!.AsArray());
        Assert.Empty((await GetAsync($"{path}/diff"))["rows"]!.AsArray());
        Assert.Equal(0, Number(await republic.Jonas.Api.PostAsync($"{path}/dry-run", new { min_text_length = 500 }), "sample_count"));
        using var download = await republic.Jonas.Api.SendAsync(HttpMethod.Get, $"{path}/download");
        Assert.True(download.IsSuccessStatusCode, $"{(int)download.StatusCode}");
        Assert.Empty(await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private Task<JsonNode> GetAsync(string path) => republic.Jonas.Api.GetAsync(path);

    private static int Number(JsonNode node, string field) => node[field]!.GetValue<int>();
}
