using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Republic.Bench;

/// <summary>Somebody with an account: through the API with a token, and in a browser with a cookie.</summary>
internal sealed partial class Person(string name, Uri site) : IDisposable
{
    public const string SetupToken = "the-bench-makes-the-first-account";

    private readonly HttpClient api = new() { BaseAddress = site, Timeout = TimeSpan.FromSeconds(60) };
    private readonly HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = site,
        Timeout = TimeSpan.FromSeconds(60),
    };
    private string formToken = "";

    public Guid Id { get; private set; }

    private string Email => $"{name}@republic.example";

    private string Password => $"a long password of {name}";

    /// <summary>Makes the account, and signs in by both doors.</summary>
    public async Task ArriveAsync()
    {
        var account = new
        {
            email = Email,
            password = Password,
            username = name,
            setup_token = SetupToken,
        };
        Id = (await PostAsync("/api/account/register", account))["id"]!.GetValue<Guid>();
        var token = (await PostAsync("/api/account/login", account))["access_token"]!.GetValue<string>();
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var form = new Dictionary<string, string>
        {
            ["Email"] = Email,
            ["Password"] = Password,
            ["__RequestVerificationToken"] = TokenOf(await PageAsync("/account/sign-in")),
        };
        using var signedIn = await browser.PostAsync("/account/sign-in", new FormUrlEncodedContent(form));
        if (signedIn.StatusCode != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"{name} could not sign in: {(int)signedIn.StatusCode}");
        }

        formToken = TokenOf(await PageAsync("/tasks"));
    }

    public async Task<JsonNode> GetAsync(string path) => await ReadAsync(path, await api.GetAsync(path));

    /// <param name="body">Sent as JSON, where it is no content already.</param>
    public async Task<JsonNode> PostAsync(string path, object? body = null) =>
        await ReadAsync(path, await api.PostAsync(path, body as HttpContent ?? JsonContent.Create(body)));

    public async Task<JsonNode> PutAsync(string path, JsonNode body) => await ReadAsync(path, await api.PutAsJsonAsync(path, body));

    /// <summary>Null where the app was away, or refused.</summary>
    public async Task<JsonNode?> TryPostAsync(string path, object? body = null)
    {
        try
        {
            using var answer = await api.PostAsJsonAsync(path, body);
            return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
        }
        // A connection that is made just as the app is killed ends as the last of them.
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or SocketException)
        {
            return null;
        }
    }

    /// <param name="isPart">The part of the page that is fetched while it is open.</param>
    public async Task<string> PageAsync(string path, bool isPart = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, isPart);
    }

    /// <summary>Sends a form as the open page does, and gives the part of the page that comes back.</summary>
    public async Task<string> SubmitAsync(string path, Dictionary<string, string> form)
    {
        form["__RequestVerificationToken"] = formToken;
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        return await SendAsync(request, isPart: true);
    }

    public void Dispose()
    {
        api.Dispose();
        browser.Dispose();
    }

    private async Task<string> SendAsync(HttpRequestMessage request, bool isPart)
    {
        if (isPart)
        {
            request.Headers.Add("HX-Request", "true");
        }

        using var answer = await browser.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text
            : throw new InvalidOperationException($"{request.RequestUri}: {(int)answer.StatusCode} {text}");
    }

    private static async Task<JsonNode> ReadAsync(string path, HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode
                ? JsonNode.Parse(text)!
                : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
        }
    }

    private static string TokenOf(string html)
    {
        var input = TokenField().Match(html);
        return input.Success
            ? WebUtility.HtmlDecode(input.Groups["value"].Value)
            : throw new InvalidOperationException("The page has no form with a token.");
    }

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\"[^>]*value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex TokenField();
}
