using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Republic.Core.Search;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>
/// Jonas knocks at every door of the app with Ada's ids. The doors are read from the endpoint list, so a new route
/// fails here until it says what it must do for a stranger.
/// </summary>
public sealed partial class CrossAccountTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Marker = "MARKER-OF-ADA";
    private const string OwnUser = "{user_id}";

    private string? accessToken;

    [Fact]
    public async Task Every_route_says_what_a_stranger_may_do()
    {
        var routes = await Routes.OfAsync(republic.Services);
        Assert.True(routes.Count > 40, $"Only {routes.Count} routes: the list is not read as it should be.");
        // Those of the administration are refused before any id is looked at.
        var unknown = routes.Where(route =>
            !IsAdministration(route)
            && (
                TakesId(route)
                    ? !IsPublic(route) && IdFor(route) is null
                    : route.Verb != "GET" && !Writes.ContainsKey(route.ToString()) && !Forms.ContainsKey(route.ToString())
            )
        );
        Nothing(unknown);
        var gone = Writes.Keys.Concat(Forms.Keys).Except(routes.Select(route => route.ToString()), StringComparer.Ordinal);
        Nothing(gone);
    }

    [Fact]
    public async Task A_strangers_things_do_not_exist()
    {
        var ada = await Belongings.MakeAsync(republic.Ada, Marker);
        var before = await ada.PictureAsync();
        List<string> wrong = [];
        foreach (var route in (await Routes.OfAsync(republic.Services)).Where(route => TakesId(route) && !IsPublic(route)))
        {
            if (IdFor(route) is not { } id)
            {
                continue;
            }

            var hers = await KnockAsync(route, id(ada));
            var nobodys = await KnockAsync(
                route,
                route.Pattern.StartsWith("/v1/", StringComparison.Ordinal) ? "nobody-00000000" : Guid.CreateVersion7().ToString()
            );
            if (hers.Status != 404 || hers != nobodys || hers.Body.Contains(Marker))
            {
                wrong.Add($"{route}: {hers.Status} for Ada's, {nobodys.Status} for nobody's");
            }
        }

        Nothing(wrong);
        Assert.Equal(before, await ada.PictureAsync());
    }

    [Fact]
    public async Task The_administration_is_forbidden_whatever_is_asked_of_it()
    {
        List<string> wrong = [];
        var routes = (await Routes.OfAsync(republic.Services)).Where(IsAdministration).ToList();
        Assert.True(routes.Count > 8, $"Only {routes.Count} routes.");
        foreach (var route in routes)
        {
            var answer = await KnockAsync(route, Guid.CreateVersion7().ToString());
            // What a query lacks is looked at before who asks.
            if (answer.Status != 403 && (answer.Status, route.ToString()) != (400, "DELETE /api/admin/allowed-hosts"))
            {
                wrong.Add($"{route}: {answer.Status}");
            }
        }

        Nothing(wrong);
    }

    [Fact]
    public async Task Lists_and_pages_hold_nothing_of_anybody_else()
    {
        await Belongings.MakeAsync(republic.Ada, Marker);
        List<string> wrong = [];
        foreach (var route in (await Routes.OfAsync(republic.Services)).Where(route => route.Verb == "GET" && !TakesId(route)))
        {
            if ((await KnockAsync(route, "")).Body.Contains(Marker))
            {
                wrong.Add(route.ToString());
            }
        }

        await SearchIndex.ReadyAsync(republic, republic.Ada);
        foreach (var kind in SearchKinds.All.Where(kind => kind != SearchKinds.Setting))
        {
            var path = $"/api/search?q={Marker}&kind={kind}";
            if ((await republic.Ada.Api.GetAsync(path))["results"]!.AsArray().Count == 0)
            {
                wrong.Add($"{path} finds nothing of Ada's");
            }

            if ((await republic.Jonas.Api.GetAsync(path))["results"]!.AsArray().Count > 0)
            {
                wrong.Add($"{path} finds something for Jonas");
            }
        }

        Nothing(wrong);
    }

    [Fact]
    public async Task A_body_that_names_anothers_things_reaches_nothing()
    {
        var ada = await Belongings.MakeAsync(republic.Ada, Marker);
        var before = await ada.PictureAsync();
        foreach (var (route, (field, id)) in Forms)
        {
            var browser = await republic.Jonas.BrowserAsync();
            using var form = await FormAsync(browser, KeyValuePair.Create(field, id(ada)));
            using var response = await browser.Http.PostAsync(
                route[(route.IndexOf(' ') + 1)..],
                form,
                TestContext.Current.CancellationToken
            );
            Assert.True((int)response.StatusCode == 404, $"{route}: {(int)response.StatusCode}");
        }

        foreach (var (route, body) in Writes.Where(write => write.Value is not null))
        {
            var path = route[(route.IndexOf(' ') + 1)..];
            using var response = await republic.Jonas.Api.SendAsync(HttpMethod.Post, path, body!(ada));
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(Marker, text);
            Assert.True((int)response.StatusCode < 500, $"{route}: {(int)response.StatusCode}");
            Assert.True(
                path == "/api/minions" || (int)response.StatusCode is 400 or 401 or 404,
                $"{route}: {(int)response.StatusCode}\n{text}"
            );
        }

        Assert.Equal(before, await ada.PictureAsync());
    }

    [Fact]
    public async Task Below_another_persons_id_everything_is_forbidden_whether_or_not_they_exist()
    {
        var ada = await Belongings.MakeAsync(republic.Ada, Marker);
        List<string> wrong = [];
        foreach (var route in (await Routes.OfAsync(republic.Services)).Where(route => route.Pattern.Contains(OwnUser)))
        {
            var hers = await KnockAsync(route, ada.Dataset, republic.Ada.Id);
            var nobodys = await KnockAsync(route, ada.Dataset, Guid.CreateVersion7());
            if (hers.Status != 403 || hers != nobodys || hers.Body.Contains(Marker))
            {
                wrong.Add($"{route}: {hers.Status} for Ada's, {nobodys.Status} for nobody's");
            }
        }

        Nothing(wrong);
    }

    [Theory]
    [InlineData("POST", "", "text/plain")]
    [InlineData("PUT", "/00000000-0000-0000-0000-000000000001", "text/plain")]
    [InlineData("PATCH", "", "application/json")]
    [InlineData("POST", "/no/such/route", "application/json")]
    public async Task Below_another_persons_id_nothing_else_is_said(string verb, string more, string type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), $"/api/users/{republic.Ada.Id}/training-datasets{more}");
        request.Content = new StringContent("x", new MediaTypeHeaderValue(type));

        using var response = await republic.Jonas.Api.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(403, (int)response.StatusCode);
    }

    private static void Nothing<T>(IEnumerable<T> wrong)
    {
        var lines = string.Join('\n', wrong);
        Assert.True(lines.Length == 0, lines);
    }

    /// <summary>Documents that belong to nobody, and the catch-alls that answer 404 to everything.</summary>
    private static bool IsPublic(Route route) =>
        route.Pattern.StartsWith("/error/", StringComparison.Ordinal)
        || route.Pattern.StartsWith("/help/", StringComparison.Ordinal)
        || route.Pattern.StartsWith("/openapi/", StringComparison.Ordinal)
        || route.Pattern.Contains("{**", StringComparison.Ordinal)
        || route.Pattern.Contains("{path}", StringComparison.Ordinal);

    /// <summary>An id beside that of the person who asks.</summary>
    private static bool TakesId(Route route) => route.Pattern.Replace(OwnUser, "", StringComparison.Ordinal).Contains('{');

    private static bool IsAdministration(Route route) =>
        route.Pattern.StartsWith("/api/admin/", StringComparison.Ordinal) || route.Pattern.StartsWith("/admin", StringComparison.Ordinal);

    private static Func<Belongings, string>? IdFor(Route route) =>
        Takes.FirstOrDefault(take => route.Pattern.StartsWith(take.Prefix, StringComparison.Ordinal)).Id;

    /// <summary>Pages with Jonas's browser, a form with its token; the API with his bearer token.</summary>
    private async Task<Answer> KnockAsync(Route route, string id, Guid? person = null)
    {
        var user = (person ?? republic.Jonas.Id).ToString();
        var own = route
            .Pattern.Replace(OwnUser, user, StringComparison.Ordinal)
            .Replace("{number}", "0", StringComparison.Ordinal)
            .Replace("{position}", "0", StringComparison.Ordinal);
        var path = Placeholder().Replace(own, id);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var isApi = path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/v1/", StringComparison.Ordinal);
        var browser = await republic.Jonas.BrowserAsync();
        using var request = new HttpRequestMessage(new HttpMethod(route.Verb), path);
        if (route.Verb is "POST" or "PUT")
        {
            var fields = new JsonObject
            {
                ["content"] = "x",
                ["name"] = "x",
                ["mark"] = "worse",
            };
            request.Content = isApi ? JsonContent.Create(fields) : await FormAsync(browser);
        }

        if (path.StartsWith("/v1/", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await AccessTokenAsync());
        }

        using var response = await (isApi ? republic.Jonas.Api.Http : browser.Http).SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            patience.Token
        );
        // A live stream never ends; one that opens has shown enough by its status.
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var body = isStream ? "" : await response.Content.ReadAsStringAsync(patience.Token);
        return new Answer(
            (int)response.StatusCode,
            Varying().Replace(id.Length == 0 ? body : body.Replace(id, "ID", StringComparison.Ordinal).Replace(user, "USER"), "")
        );
    }

    private static async Task<FormUrlEncodedContent> FormAsync(Visitor browser, params IEnumerable<KeyValuePair<string, string>> fields)
    {
        var token = AntiforgeryToken().Match(await browser.ReadAsync("/account")).Groups["token"].Value;
        return new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields]);
    }

    /// <summary>/v1 takes keys alone, no sessions.</summary>
    private async Task<string> AccessTokenAsync() =>
        accessToken ??= (await republic.Jonas.Api.PostAsync("/api/account/tokens", new { name = "for /v1" }))["token"]!.GetValue<string>();

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)""", RegexOptions.None, 1000)]
    private static partial Regex AntiforgeryToken();

    // What differs between any two answers: trace ids and form tokens.
    [GeneratedRegex("""00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|CfDJ8[\w-]+""", RegexOptions.None, 1000)]
    private static partial Regex Varying();

    private sealed record Answer(int Status, string Body);
}
