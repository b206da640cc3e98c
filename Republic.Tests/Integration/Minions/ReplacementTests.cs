using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

/// <summary>A model that ends is said to wherever its minion is, and another is tried beside it before it takes its place.</summary>
public sealed class ReplacementTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_models_are_asked_what_was_last_asked_in_a_chat_and_the_other_takes_the_place()
    {
        await using var vendor = Vendor();
        var person = await republic.NewPersonAsync("Trier");
        var minion = await MinionAsync(person, vendor);
        var chat = await Chat.BeginAsync(person, minion.Id);
        await chat.AskAsync("How deep is the sea?");
        var browser = await person.BrowserAsync();
        var page = $"/models/{minion.Id}/replace?model=new-model";

        var form = await browser.ReadAsync(page);
        Assert.Contains("How deep is the sea?", form);
        Assert.Contains("value=\"new-model\"", form);
        vendor.Requests.Clear();
        var (status, answers) = await AskAsync(browser, page, "new-model", "How deep is the sea?");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("old-model here", answers);
        Assert.Contains("new-model here", answers);
        Assert.Contains("Switch to new-model", answers);
        Assert.Equal(["new-model", "old-model"], vendor.Requests.Select(Model).Order());
        Assert.All(vendor.Requests, request => Assert.Contains("Never says please", request.Body!.ToJsonString()));
        Assert.All(vendor.Requests, request => Assert.Equal($"Bearer {FakeVendor.Key}", request.Authorization));
        Assert.Equal("old-model", await ModelAsync(person, minion));

        Assert.Equal(HttpStatusCode.Redirect, (await SwitchAsync(browser, page, minion, "old-model", "new-model")).Status);
        var saved = await MinionAsync(person, minion);
        Assert.Equal("new-model", (string?)saved["model_id"]);
        Assert.True((bool)saved["api_key_set"]!);
        Assert.Equal("ending-model", (string?)saved["fallbacks"]![0]!["model_id"]);
    }

    [Fact]
    public async Task What_was_changed_meanwhile_is_not_switched()
    {
        await using var vendor = Vendor();
        var person = await republic.NewPersonAsync("Lateswitcher");
        var minion = await MinionAsync(person, vendor);
        var browser = await person.BrowserAsync();
        var page = $"/models/{minion.Id}/replace";
        await person.Api.PutAsync($"/api/minions/{minion.Id}", new { model_id = "third-model" });

        var (status, body) = await SwitchAsync(browser, page, minion, "old-model", "new-model");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("third-model is", body);
        Assert.Equal("third-model", await ModelAsync(person, minion));
    }

    [Fact]
    public async Task A_fallbacks_model_is_tried_and_switched_by_itself_and_undone()
    {
        await using var vendor = Vendor();
        var person = await republic.NewPersonAsync("Fallbacktrier");
        var minion = await MinionAsync(person, vendor);
        var browser = await person.BrowserAsync();
        var page = $"/models/{minion.Id}/replace?fallback=0";

        var (_, answers) = await AskAsync(browser, page, "new-model", "Hello?");
        Assert.Contains("ending-model here", answers);
        Assert.Contains("new-model here", answers);
        Assert.Equal(HttpStatusCode.Redirect, (await SwitchAsync(browser, page, minion, "ending-model", "new-model", fallback: 0)).Status);
        var saved = await MinionAsync(person, minion);
        Assert.Equal("old-model", (string?)saved["model_id"]);
        Assert.Equal("new-model", (string?)saved["fallbacks"]![0]!["model_id"]);

        using var undone = await browser.SubmitAsync($"/models/{minion.Id}", new Dictionary<string, string>(), "handler=Switch");
        Assert.Equal(HttpStatusCode.Redirect, undone.StatusCode);
        Assert.Equal("ending-model", (string?)(await MinionAsync(person, minion))["fallbacks"]![0]!["model_id"]);
        using var none = await browser.GetAsync($"/models/{minion.Id}/replace?fallback=1");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_model_that_does_not_answer_says_why_and_is_not_offered()
    {
        await using var vendor = Vendor();
        var person = await republic.NewPersonAsync("Unlucky");
        var minion = await MinionAsync(person, vendor);

        var (status, body) = await AskAsync(await person.BrowserAsync(), $"/models/{minion.Id}/replace", "nonesuch", "Hello?");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Refused by the test", body);
        Assert.DoesNotContain("Switch to", body);
        var same = await AskAsync(await person.BrowserAsync(), $"/models/{minion.Id}/replace", "old-model", "Hello?");
        Assert.Equal(HttpStatusCode.BadRequest, same.Status);
        Assert.Contains("is the current model", same.Body);
    }

    [Fact]
    public async Task By_api_a_test_may_name_a_model_a_fallback_and_a_question()
    {
        await using var vendor = Vendor();
        var person = await republic.NewPersonAsync("Apitrier");
        var minion = await MinionAsync(person, vendor);
        var path = $"/api/minions/{minion.Id}/test";

        var other = await person.Api.PostAsync(path, new { model_id = "new-model", prompt = "Hello?" });
        Assert.Equal((true, "new-model here"), ((bool)other["ok"]!, (string?)other["answer"]));
        var fallback = await person.Api.PostAsync(path, new { fallback = 0, prompt = "Hello?" });
        Assert.Equal("ending-model here", (string?)fallback["answer"]);
        var sign = await person.Api.PostAsync(path);
        Assert.True((bool)sign["ok"]!);
        Assert.Null(sign["answer"]);
        Assert.Equal(1, (int)vendor.LastRequest.Body!["max_tokens"]!);

        var wrong = await person.Api.ProblemAsync(400, HttpMethod.Post, path, new { fallback = 1 });
        Assert.NotNull(wrong["errors"]!["fallback"]);
        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Post, path, new { fallback = 7 });
        Assert.Equal("old-model", await ModelAsync(person, minion));
    }

    [Fact]
    public async Task What_ends_is_said_above_its_chats_in_its_form_and_on_its_route_for_fallbacks_too()
    {
        var person = await republic.NewPersonAsync("Warned");
        var minion = await person.NewMinionAsync(
            "warned",
            more: new JsonObject
            {
                ["provider"] = "openai",
                ["model_id"] = "gpt-4.1-mini",
                ["api_key"] = FakeVendor.Key,
                ["fallbacks"] = new JsonArray(new JsonObject { ["provider"] = "openai", ["model_id"] = "gpt-4o" }),
            }
        );
        var calm = await person.NewMinionAsync("calm");
        var browser = await person.BrowserAsync();

        var chat = await browser.ReadAsync($"/chats/{(await Chat.BeginAsync(person, minion.Id)).Id}");
        Assert.Contains($"/models/{minion.Id}/replace?fallback=&amp;model=gpt-6-luna", chat);
        Assert.Contains($"/models/{minion.Id}/replace?fallback=0&amp;model=gpt-6-luna", chat);
        Assert.DoesNotContain("chat-ending", await browser.ReadAsync($"/chats/{(await Chat.BeginAsync(person, calm.Id)).Id}"));

        var form = await browser.ReadAsync($"/models/{minion.Id}/edit");
        Assert.Equal(2, form.Split("on 14 Jan 2027").Length - 1);
        Assert.Contains($"href=\"/models/{minion.Id}/replace?fallback=0\"", form);

        var attempts = (await person.Api.PostAsync($"/api/minions/{minion.Id}/route", new { }))["route"]!["hops"]!.AsArray();
        Assert.All(
            attempts,
            attempt => Assert.Equal(("2027-01-14", "gpt-6-luna"), ((string?)attempt!["ends_on"], (string?)attempt["replacement"]))
        );
    }

    /// <summary>Its models say their own name; others it does not have.</summary>
    private static FakeVendor Vendor()
    {
        var vendor = new FakeVendor();
        vendor.AnswersTo(request => Model(request) is "old-model" or "new-model" or "ending-model" ? $"{Model(request)} here" : null);
        return vendor;
    }

    private static string? Model(VendorRequest request) => (string?)request.Body?["model"];

    private static Task<TestMinion> MinionAsync(Inhabitant person, FakeVendor vendor) =>
        person.NewMinionAsync(
            "sailor",
            vendor,
            new JsonObject
            {
                ["model_id"] = "old-model",
                ["personality"] = "Never says please.",
                ["fallbacks"] = new JsonArray(
                    new JsonObject
                    {
                        ["provider"] = "custom",
                        ["model_id"] = "ending-model",
                        ["base_url"] = vendor.BaseUrl.ToString(),
                    }
                ),
            }
        );

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(Visitor browser, string page, string model, string prompt)
    {
        var fields = new Dictionary<string, string> { ["Input.ModelId"] = model, ["Input.Prompt"] = prompt };
        using var response = await browser.SubmitAsync(page, fields, "handler=Ask");
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<(HttpStatusCode Status, string Body)> SwitchAsync(
        Visitor browser,
        string page,
        TestMinion minion,
        string from,
        string to,
        int? fallback = null
    )
    {
        var fields = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Html.Token(await browser.ReadAsync(page)),
            ["Input.Provider"] = "custom",
            ["Input.From"] = from,
            ["Input.ModelId"] = to,
        };
        using var response = await browser.Http.PostAsync(
            $"/models/{minion.Id}/replace?handler=Switch&fallback={fallback}",
            new FormUrlEncodedContent(fields),
            Ct
        );
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<JsonNode> MinionAsync(Inhabitant person, TestMinion minion) =>
        (await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!;

    private static async Task<string?> ModelAsync(Inhabitant person, TestMinion minion) =>
        (string?)(await MinionAsync(person, minion))["model_id"];
}
