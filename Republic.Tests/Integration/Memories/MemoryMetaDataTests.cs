using Republic.Tests.World;

namespace Republic.Tests.Integration.Memories;

/// <summary>Texts that say more of where a memory comes from.</summary>
public sealed class MemoryMetaDataTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string All = "/api/memories";
    private readonly Inhabitant jonas = republic.Jonas;

    [Fact]
    public async Task Texts_by_name_are_kept_shown_and_replaced_and_too_much_is_refused()
    {
        var minion = (await jonas.NewMinionAsync("told")).Id;
        var made = (
            await jonas.Api.PostAsync(
                All,
                new
                {
                    minion_id = minion,
                    content = "I like long walks.",
                    meta_data = new { what_was_asked = "Hobbies & <more>?" },
                }
            )
        )["memory"]!;
        var path = $"{All}/{made["id"]}";

        Assert.Equal("Hobbies & <more>?", (string?)made["meta_data"]!["what_was_asked"]);
        Assert.Null(made["source_id"]);
        var page = await (await jonas.BrowserAsync()).ReadAsync($"/memories?minion={minion}");
        Assert.Contains("what was asked", page, StringComparison.Ordinal);
        Assert.Contains("Hobbies &amp; &lt;more&gt;?", page, StringComparison.Ordinal);

        await RefusedAsync(Enumerable.Range(0, 21).ToDictionary(number => $"key {number}", string? (_) => "x"));
        await RefusedAsync(new() { ["long"] = new string('x', 1997) });
        await RefusedAsync(new() { ["none"] = null });
        await RefusedAsync(new() { [" "] = "x" });
        Assert.Single((await jonas.Api.PutAsync(path, new { content = "I like walks." }))["memory"]!["meta_data"]!.AsObject());
        Assert.Empty((await jonas.Api.PutAsync(path, new { meta_data = new { } }))["memory"]!["meta_data"]!.AsObject());

        async Task RefusedAsync(Dictionary<string, string?> values)
        {
            var problem = await jonas.Api.ProblemAsync(400, HttpMethod.Put, path, new { meta_data = values });
            Assert.NotNull(problem["errors"]!["meta_data"]);
        }
    }
}
