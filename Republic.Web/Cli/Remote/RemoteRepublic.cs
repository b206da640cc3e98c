using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core;

namespace Republic.Web.Cli.Remote;

/// <summary>The client of a running Republic's API, with a person's access token.</summary>
internal sealed class RemoteRepublic : IDisposable
{
    private const int MostBytes = 64 << 20;

    private readonly HttpClient http;

    /// <param name="server">The address of the server, with a slash at its end.</param>
    /// <param name="token">The access token, sent to this address alone.</param>
    public RemoteRepublic(Uri server, string token)
    {
        // Following a redirect would send the token to an address that the user did not name.
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

    public RemoteException UnexpectedAnswer =>
        new($"What answers at {Address} is no Republic, or one of another version. Is the address right?", ExitCode.WrongUse);

    public void Dispose() => http.Dispose();

    /// <summary>All entries of a list, from all pages, as the server sent them.</summary>
    /// <param name="path">The first page, with or without a query.</param>
    /// <param name="member">The member of a page that holds its entries.</param>
    /// <exception cref="RemoteException">The server is not reachable, or refused.</exception>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path, string member, CancellationToken ct)
    {
        List<JsonElement> all = [];
        HashSet<string> asked = [];
        var next = path.Contains('?') ? '&' : '?';
        for (string? cursor = ""; cursor is not null && asked.Add(cursor); )
        {
            var page = await GetAsync(cursor.Length == 0 ? path : $"{path}{next}cursor={Uri.EscapeDataString(cursor)}", ct);
            all.AddRange((page.Member(member, JsonValueKind.Array) ?? throw UnexpectedAnswer).EnumerateArray());
            cursor = page.Member("next_cursor", JsonValueKind.String)?.Text();
        }

        return all;
    }

    public T Read<T>(JsonElement json)
        where T : class
    {
        try
        {
            return json.Deserialize<T>(SnakeCaseJson.Options) ?? throw UnexpectedAnswer;
        }
        // A lone surrogate, which is valid JSON but not a valid string, is an InvalidOperationException.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw UnexpectedAnswer;
        }
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken ct) =>
        await SendAsync(HttpMethod.Get, path, null, ct) ?? throw UnexpectedAnswer;

    /// <summary>Sends a request, and returns the JSON of the response; null where it is not JSON.</summary>
    /// <exception cref="RemoteException">The server is not reachable, or refused.</exception>
    public async Task<JsonElement?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
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
            throw new RemoteException(
                $"{Address} does not answer: {reason}. Is Republic running there?",
                ExitCode.WrongUse,
                isTransient: true
            );
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RemoteException(
                $"{Address} has not answered for {http.Timeout.TotalSeconds:0} s. Is Republic running there?",
                ExitCode.WrongUse,
                isTransient: true
            );
        }
    }

    /// <param name="words">The text of the problem details; null where there are none.</param>
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
            >= 300 and < 400 => new($"{Address} redirects to {Destination(response)}. Give that address with --url.", ExitCode.WrongUse),
            _ when words is null => new(
                $"{Address} answers with {status}, and not as a Republic does. Is the address right?",
                ExitCode.WrongUse,
                IsTransient(status)
            ),
            _ => new(words, ExitCode.NotPossible, IsTransient(status)),
        };
    }

    private static bool IsTransient(int status) => status is >= 500 and not 507 or StatusCodes.Status429TooManyRequests;

    private string Destination(HttpResponseMessage response) =>
        response.Headers.Location is { } to ? new Uri(http.BaseAddress!, to).GetLeftPart(UriPartial.Authority) : "elsewhere";
}
