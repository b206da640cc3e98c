using System.Net;
using System.Text.RegularExpressions;

namespace Republic.Tests.World;

/// <summary>A browser without JavaScript: keeps cookies, follows no redirects, fills in forms. The tests' view of a page.</summary>
/// <param name="handler">How the site is reached; null for a direct connection.</param>
public partial class Visitor(Uri address, SocketsHttpHandler? handler = null)
{
    public Uri Address => address;

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http =>
        field ??= new HttpClient(WithCookies(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false })) { BaseAddress = address };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SocketsHttpHandler WithCookies(SocketsHttpHandler inner)
    {
        inner.CookieContainer = Cookies;
        return inner;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path, Ct);

    /// <summary>The page's HTML; anything but 200 fails the test.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        var body = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"GET {path}: {(int)response.StatusCode}\n{body}");
        return body;
    }

    /// <summary>Opens the page and posts one of its forms: what the form holds already, laid over with <paramref name="fields"/>.</summary>
    /// <param name="action">A part of the form's action, where the page has more than one.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string page, IReadOnlyDictionary<string, string> fields, string? action = null) =>
        await (await OpenFormAsync(page, fields, action))();

    /// <summary>Opens the page and fills in one of its forms, as <see cref="SubmitAsync"/> does.</summary>
    /// <returns>Posts it.</returns>
    public async Task<Func<Task<HttpResponseMessage>>> OpenFormAsync(
        string page,
        IReadOnlyDictionary<string, string> fields,
        string? action = null
    )
    {
        var html = await ReadAsync(page);
        var form =
            FormTag().Matches(html).FirstOrDefault(f => action is null || Attribute(f.Value, "action").Contains(action))
            ?? throw new InvalidOperationException($"{page} has no such form.\n{html}");
        var values = InputTag()
            .Matches(form.Value)
            .Where(input => Attribute(input.Value, "type") == "hidden")
            .ToDictionary(input => Attribute(input.Value, "name"), input => Attribute(input.Value, "value"));
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        var target = Attribute(form.Value, "action") is { Length: > 0 } given ? given : page;
        return () => Http.PostAsync(target, new FormUrlEncodedContent(values), Ct);
    }

    /// <summary>Signs in as anybody would, with the form.</summary>
    public async Task SignInAsync(string email, string password)
    {
        using var response = await SubmitAsync(
            "/account/sign-in",
            new Dictionary<string, string> { ["Email"] = email, ["Password"] = password }
        );
        Assert.True(response.StatusCode == HttpStatusCode.Redirect, $"{email} could not sign in: {(int)response.StatusCode}");
    }

    private static string Attribute(string tag, string name)
    {
        var head = tag[..(tag.IndexOf('>') + 1)];
        var match = Regex.Match(head, $"\\s{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1));
        return WebUtility.HtmlDecode(match.Groups[1].Value);
    }

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormTag();

    [GeneratedRegex("<input\\b[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InputTag();
}
