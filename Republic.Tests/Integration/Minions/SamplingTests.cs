using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Republic.Core.Llama.Files;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

/// <summary>Sampling parameters that are not set: the model's own defaults.</summary>
public sealed class SamplingTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly string Own = $"model's own, {ModelSampling.BuiltIn.Temperature.ToString(CultureInfo.InvariantCulture)}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_provider_is_sent_what_is_set_and_nothing_for_what_is_not()
    {
        await using var vendor = new FakeVendor();
        var unset = await republic.Jonas.NewMinionAsync("unset", vendor);
        var set = await republic.Jonas.NewMinionAsync("set", vendor, new JsonObject { ["top_p"] = 0.5 });

        Assert.Empty(await SentAsync(vendor, unset));
        Assert.Equal(["top_p"], await SentAsync(vendor, set));
    }

    [Fact]
    public async Task A_change_by_api_that_names_none_keeps_them_and_null_takes_them_away()
    {
        var minion = await republic.Jonas.NewMinionAsync("changed", more: new JsonObject { ["temperature"] = 0.5, ["top_p"] = 0.8 });

        await republic.Jonas.Api.PutAsync($"/api/minions/{minion.Id}", new { description = "Other" });
        Assert.Equal<(double?, double?)>((0.5, 0.8), await StoredAsync(minion));
        await republic.Jonas.Api.PutAsync($"/api/minions/{minion.Id}", new JsonObject { ["temperature"] = null });
        Assert.Equal<(double?, double?)>((null, 0.8), await StoredAsync(minion));
    }

    [Fact]
    public async Task The_form_offers_the_models_own_and_an_empty_field_stores_none()
    {
        var minion = await republic.Jonas.NewMinionAsync("formed", more: new JsonObject { ["temperature"] = 0.5, ["top_p"] = 0.8 });
        var browser = await republic.Jonas.BrowserAsync();
        Assert.Contains($"placeholder=\"{Own}\"", WebUtility.HtmlDecode(await browser.ReadAsync($"/models/{minion.Id}/edit")));

        var refused = await SaveAsync(browser, minion, "hot", "0.8");
        Assert.Contains("“hot” is not a number", WebUtility.HtmlDecode(refused.Body));
        Assert.Contains("value=\"hot\"", refused.Body);
        Assert.Equal<(double?, double?)>((0.5, 0.8), await StoredAsync(minion));
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, minion, "", "0,7")).Status);
        Assert.Equal<(double?, double?)>((null, 0.7), await StoredAsync(minion));
        Assert.Contains(Own, WebUtility.HtmlDecode(await browser.ReadAsync($"/models/{minion.Id}")));
    }

    [Fact]
    public async Task A_card_carries_what_is_not_set_as_such()
    {
        var minion = await republic.Jonas.NewMinionAsync("carded");

        var card = await republic.Jonas.Api.GetAsync($"/api/minions/{minion.Id}/card");
        var made = await republic.Ada.Api.PostAsync("/api/minions/import", card);

        Assert.Null(card["data"]!["extensions"]!["republic"]!["temperature"]);
        Assert.Null(made["minion"]!["temperature"]);
    }

    private async Task<IEnumerable<string>> SentAsync(FakeVendor vendor, TestMinion minion)
    {
        var asked = vendor.Requests.Count;
        await republic.Jonas.Api.PostAsync($"/api/minions/{minion.Id}/test", new { prompt = "Hi" });
        Assert.Equal(asked + 1, vendor.Requests.Count);
        return vendor.LastRequest.Body!.AsObject().Select(field => field.Key).Intersect(["temperature", "top_p"]);
    }

    private async Task<(double?, double?)> StoredAsync(TestMinion minion)
    {
        var read = (await republic.Jonas.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!;
        return ((double?)read["temperature"], (double?)read["top_p"]);
    }

    private static async Task<(HttpStatusCode Status, string Body)> SaveAsync(
        Visitor browser,
        TestMinion minion,
        string temperature,
        string topP
    )
    {
        var fields = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Html.Token(await browser.ReadAsync($"/models/{minion.Id}/edit")),
            ["Input.DisplayName"] = minion.Name,
            ["Input.Name"] = minion.Name,
            ["Input.Provider"] = "local",
            ["Input.ModelId"] = "sprout",
            ["Input.Temperature"] = temperature,
            ["Input.TopP"] = topP,
        };
        using var response = await browser.Http.PostAsync($"/models/{minion.Id}/edit", new FormUrlEncodedContent(fields), Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }
}
