using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>The draft beside the forms of the editor, which follows what another window changes.</summary>
public sealed class ScenarioDraftTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_draft_beside_a_form_is_fetched_alone_and_follows_what_is_changed_elsewhere()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var browser = await republic.Jonas.BrowserAsync();
        foreach (var form in new[] { "", "/states/review", "/roles/developer" })
        {
            var page = await browser.ReadAsync($"/scenarios/{scenario.Id}/edit{form}");
            Assert.Contains($"/scenarios/{scenario.Id}/edit{form}?handler=Draft", page, StringComparison.Ordinal);
        }

        using var added = await browser.SubmitAsync(
            $"/scenarios/{scenario.Id}/edit/states",
            new Dictionary<string, string> { ["Input.Name"] = "Ship it", ["Input.NodeType"] = "end" },
            $"/scenarios/{scenario.Id}/edit/states"
        );
        var draft = await browser.ReadAsync($"/scenarios/{scenario.Id}/edit/states/review?handler=Draft");

        Assert.Contains("Ship it", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", draft, StringComparison.Ordinal);
    }
}
