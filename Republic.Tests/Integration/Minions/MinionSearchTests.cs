using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

/// <summary>Signs that mean something to the database mean themselves to whoever searches.</summary>
public sealed class MinionSearchTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Theory]
    [InlineData("50%25", "Half 50% off")]
    [InlineData("%25", "Half 50% off")]
    [InlineData("a_b", "Under a_b")]
    [InlineData("back%5Cslash", "back\\slash")]
    public async Task A_search_finds_signs_as_they_are_written(string words, string found)
    {
        var person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);
        foreach (
            var (name, shown) in new[]
            {
                ("one", "Half 50% off"),
                ("two", "500 of them"),
                ("three", "Under a_b"),
                ("four", "axb"),
                ("five", "back\\slash"),
            }
        )
        {
            await person.NewMinionAsync(name, more: new JsonObject { ["display_name"] = shown });
        }

        var page = await (await person.BrowserAsync()).ReadAsync($"/models?q={words}");

        var articles = page.Split("<article")[1..];
        Assert.Contains(found, Assert.Single(articles), StringComparison.Ordinal);
    }
}
