using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

/// <summary>A minion that is edited in two places.</summary>
public sealed partial class StaleFormTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_older_form_writes_over_nothing_until_it_is_saved_again()
    {
        var person = await republic.NewPersonAsync("Twotabs");
        var minion = await person.NewMinionAsync("twice", more: new JsonObject { ["max_tokens"] = 100 });
        var browser = await person.BrowserAsync();
        var seen = Seen(await browser.ReadAsync($"/models/{minion.Id}/edit"));

        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, minion, seen, "111")).Status);
        var (status, page) = await SaveAsync(browser, minion, seen, "222");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("max tokens “111”", WebUtility.HtmlDecode(page));
        Assert.Contains("value=\"222\"", page);
        Assert.Equal(111, await TokensAsync(person, minion));
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, minion, Seen(page), "222")).Status);
        Assert.Equal(222, await TokensAsync(person, minion));
    }

    [Fact]
    public async Task A_change_by_api_counts_too()
    {
        var person = await republic.NewPersonAsync("Apiandtab");
        var minion = await person.NewMinionAsync("both", more: new JsonObject { ["max_tokens"] = 100 });
        var browser = await person.BrowserAsync();
        var seen = Seen(await browser.ReadAsync($"/models/{minion.Id}/edit"));
        await person.Api.PutAsync($"/api/minions/{minion.Id}", new { system_prompt = "By the API." });

        var (status, page) = await SaveAsync(browser, minion, seen, "100");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("system prompt “By the API.”", WebUtility.HtmlDecode(page));
    }

    private static async Task<(HttpStatusCode Status, string Body)> SaveAsync(
        Visitor browser,
        TestMinion minion,
        string seen,
        string tokens
    )
    {
        var fields = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Html.Token(await browser.ReadAsync($"/models/{minion.Id}/edit")),
            ["Input.Seen"] = seen,
            ["Input.DisplayName"] = minion.Name,
            ["Input.Name"] = minion.Name,
            ["Input.Provider"] = "local",
            ["Input.ModelId"] = "sprout",
            ["Input.MaxTokens"] = tokens,
        };
        using var response = await browser.Http.PostAsync($"/models/{minion.Id}/edit", new FormUrlEncodedContent(fields), Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<int> TokensAsync(Inhabitant person, TestMinion minion) =>
        (int)(await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["max_tokens"]!;

    private static string Seen(string page) => SeenField().Match(page).Groups["ticks"].Value;

    [GeneratedRegex("name=\"Input.Seen\" value=\"(?<ticks>\\d+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SeenField();
}
