using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core;

namespace Republic.Web.Cli.Remote;

/// <summary>A running Republic, asked for personal models with a person's access token.</summary>
internal sealed class RemoteRepublic : IDisposable
{
    private const int MostBytes = 64 << 20;
    private const string Models = "api/personal-models";

    private readonly HttpClient http;

    /// <param name="server">Ends with a slash.</param>
    public RemoteRepublic(Uri server, string token)
    {
        // A redirection would take the token to an address that nobody named.
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = server,
            MaxResponseContentBufferSize = MostBytes,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        Address = server.AbsoluteUri.TrimEnd('/');
    }

    public string Address { get; }

    private RemoteException Misunderstood =>
        new(
            $"What answers at {Address} is no Republic with personal models, or one of another version. Is the address right?",
            ExitCode.WrongUse
        );

    public void Dispose() => http.Dispose();

    /// <summary>All of the person's models, as they were sent.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(CancellationToken ct)
    {
        List<JsonElement> all = [];
        HashSet<string> asked = [];
        for (string? cursor = ""; cursor is not null && asked.Add(cursor); )
        {
            var page = await GetAsync(cursor.Length == 0 ? Models : $"{Models}?cursor={Uri.EscapeDataString(cursor)}", ct);
            all.AddRange((page.Member("personal_models", JsonValueKind.Array) ?? throw Misunderstood).EnumerateArray());
            cursor = page.Member("next_cursor", JsonValueKind.String)?.Text();
        }

        return all;
    }

    public async Task<RemoteModel> DownloadAsync(JsonObject what, CancellationToken ct)
    {
        var answer = await SendAsync(HttpMethod.Post, $"{Models}/download", what, ct);
        return Read(answer?.Member("personal_model", JsonValueKind.Object) ?? throw Misunderstood);
    }

    public async Task<RemoteModel> StatusAsync(string id, CancellationToken ct) =>
        Read(await GetAsync($"{Models}/{Uri.EscapeDataString(id)}/status", ct));

    /// <param name="what">Such as <c>resume</c> or <c>retry</c>.</param>
    public Task TellAsync(string id, string what, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, $"{Models}/{Uri.EscapeDataString(id)}/{what}", null, ct);

    public RemoteModel Read(JsonElement json)
    {
        try
        {
            return json.Deserialize<RemoteModel>(SnakeCaseJson.Options) is { Id.Length: > 0, Status.Length: > 0 } model
                ? model
                : throw Misunderstood;
        }
        // A lone surrogate is an InvalidOperationException: it is JSON, but no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Misunderstood;
        }
    }

    private async Task<JsonElement> GetAsync(string path, CancellationToken ct) =>
        await SendAsync(HttpMethod.Get, path, null, ct) ?? throw Misunderstood;

    /// <summary>What is answered; null where that is no JSON.</summary>
    private async Task<JsonElement?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var response = await http.SendAsync(request, ct);
            var json = RemoteJson.Parse(await response.Content.ReadAsByteArrayAsync(ct));
            return response.IsSuccessStatusCode ? json : throw Refusal(response, json?.Problem());
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var reason = e.GetBaseException().Message.TrimEnd('.');
            throw new RemoteException($"{Address} does not answer: {reason}. Is Republic running there?", ExitCode.WrongUse, passes: true);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RemoteException(
                $"{Address} has not answered for {http.Timeout.TotalSeconds:0} s. Is Republic running there?",
                ExitCode.WrongUse,
                passes: true
            );
        }
    }

    /// <param name="words">Of its problem details; null where it sent none.</param>
    private RemoteException Refusal(HttpResponseMessage response, string? words)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            StatusCodes.Status401Unauthorized => new(
                $"{Address} does not accept the token in REPUBLIC_TOKEN: it is mistyped, revoked or expired. Make one at {Address}/account/tokens.",
                ExitCode.WrongUse
            ),
            StatusCodes.Status403Forbidden => new(
                $"{words ?? "The token in REPUBLIC_TOKEN may not do that."} Tokens are made at {Address}/account/tokens.",
                ExitCode.WrongUse
            ),
            >= 300 and < 400 => new($"{Address} leads on to {Destination(response)}. Name that address with --url.", ExitCode.WrongUse),
            _ when words is null => new(
                $"{Address} answers with {status}, and not as a Republic does. Is the address right?",
                ExitCode.WrongUse,
                Passes(status)
            ),
            _ => new(words, ExitCode.NotPossible, Passes(status)),
        };
    }

    private static bool Passes(int status) => status is >= 500 and not 507 or StatusCodes.Status429TooManyRequests;

    private string Destination(HttpResponseMessage response) =>
        response.Headers.Location is { } to ? new Uri(http.BaseAddress!, to).GetLeftPart(UriPartial.Authority) : "elsewhere";
}
