using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Republic.Tests.World;

/// <summary>Signs people in to their tool servers, as they do it in a browser.</summary>
public static partial class ToolSignIns
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The page that the person comes back to.</summary>
    public static string SignInPage(this HeldToolServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return $"/tools/servers/{server.Id}/oauth";
    }

    /// <summary>Presses the button of the server's page.</summary>
    public static async Task<HttpResponseMessage> PressSignInAsync(this Inhabitant person, HeldToolServer server)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(server);
        var browser = await person.BrowserAsync();
        return await browser.SubmitAsync($"/tools/servers/{server.Id}", new Dictionary<string, string>(), "/oauth");
    }

    /// <returns>The query of the page that the person is sent to.</returns>
    public static async Task<Dictionary<string, string?>> BeginSignInAsync(
        this Inhabitant person,
        HeldToolServer server,
        AuthorizationStub authorization
    )
    {
        ArgumentNullException.ThrowIfNull(authorization);
        using var begun = await person.PressSignInAsync(server);
        var html = await begun.Content.ReadAsStringAsync(Ct);
        var link = LinkTag().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["address"].Value));
        var page = new Uri(Assert.Single(link, address => address.StartsWith(authorization.Authorization, StringComparison.Ordinal)));
        var query = QueryHelpers.ParseQuery(page.Query).ToDictionary(one => one.Key, one => (string?)one.Value, StringComparer.Ordinal);
        authorization.Challenge = query["code_challenge"]!;
        return query;
    }

    /// <summary>Comes back with the code.</summary>
    public static async Task<HttpResponseMessage> FinishSignInAsync(this Inhabitant person, HeldToolServer server, string state)
    {
        ArgumentNullException.ThrowIfNull(person);
        var browser = await person.BrowserAsync();
        return await browser.GetAsync($"{server.SignInPage()}?code={AuthorizationStub.Code}&state={state}");
    }

    /// <summary>A server that the person added and signed in to.</summary>
    public static async Task<HeldToolServer> SignedInServerAsync(
        this Inhabitant person,
        IRepublic republic,
        ToolServerStub stub,
        AuthorizationStub authorization
    )
    {
        var server = await HeldToolServer.AddAsync(republic, person, stub);
        var state = (await person.BeginSignInAsync(server, authorization))["state"]!;
        using var back = await person.FinishSignInAsync(server, state);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        return server;
    }

    [GeneratedRegex("<a\\b[^>]*href=\"(?<address>[^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkTag();
}
