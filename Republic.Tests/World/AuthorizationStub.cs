using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>
/// An authorization server (OAuth 2.1) on loopback that signs people in to a tool server. It gives out tokens that it numbers, and the newest
/// alone is of use.
/// </summary>
public sealed class AuthorizationStub : IAsyncDisposable
{
    /// <summary>What it sends people back with.</summary>
    public const string Code = "the-code-of-a-sign-in";

    private const string Mark = "half-of-a-character";

    private readonly RawUpstream upstream = new();
    private readonly ToolServerStub tools;
    private int given;
    private bool isTaken = true;

    /// <param name="tools">From now on it wants a token.</param>
    public AuthorizationStub(ToolServerStub tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        this.tools = tools;
        upstream.Script = ServeAsync;
        Authorization = $"{Issuer}/authorize";
        Metadata = $"{Issuer}/resource";
        tools.Lie = GuardAsync;
    }

    public string Issuer => $"http://{upstream.Authority}";

    /// <summary>Where the tool server says that its sign-in is described.</summary>
    public string Metadata { get; set; }

    /// <summary>Where it says that people sign in.</summary>
    public string Authorization { get; set; }

    public string Methods { get; set; } = "S256";

    /// <summary>In seconds, of an access token.</summary>
    public int Lifetime { get; set; } = 3600;

    /// <summary>The challenge of the sign-in that is under way.</summary>
    public string Challenge { get; set; } = "";

    public bool RefusesToRenew { get; set; }

    /// <summary>Where its token endpoint leads to instead of answering; null for nowhere.</summary>
    public string? LeadsTo { get; set; }

    /// <summary>It gives no tokens until this has ended.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>The member of its answers that holds half a character; null for none.</summary>
    public string? Halved { get; set; }

    public ConcurrentQueue<string> Registrations { get; } = new();

    /// <summary>The forms that it was sent for tokens.</summary>
    public ConcurrentQueue<string> TokenRequests { get; } = new();

    public string Access => $"canary-access-{Volatile.Read(ref given)}";

    /// <summary>The newest token is not taken any more.</summary>
    public void Revoke() => isTaken = false;

    public ValueTask DisposeAsync() => upstream.DisposeAsync();

    private async Task<bool> GuardAsync(string method, RawCall call)
    {
        if (isTaken && given > 0 && call.Request.Contains($"Authorization: Bearer {Access}\r\n", StringComparison.Ordinal))
        {
            return false;
        }

        await call.WholeAsync(
            "401 Unauthorized",
            "text/plain",
            "",
            $"WWW-Authenticate: Bearer resource_metadata=\"{Metadata}\", scope=\"tools:call\"\r\n"
        );
        return true;
    }

    private async Task ServeAsync(RawCall call)
    {
        var body = call.Request[(call.Request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        switch (call.Request.Split(' ')[1])
        {
            case "/resource":
                await AnswerAsync(call, JsonSerializer.Serialize(new { resource = tools.Url, authorization_servers = new[] { Issuer } }));
                break;
            case "/.well-known/oauth-authorization-server":
                await AnswerAsync(
                    call,
                    JsonSerializer.Serialize(
                        new
                        {
                            issuer = Issuer,
                            authorization_endpoint = Authorization,
                            token_endpoint = $"{Issuer}/token",
                            registration_endpoint = $"{Issuer}/register",
                            code_challenge_methods_supported = new[] { Methods },
                            token_endpoint_auth_methods_supported = new[] { "client_secret_post" },
                        }
                    )
                );
                break;
            case "/register":
                Registrations.Enqueue(body);
                await AnswerAsync(call, """{"client_id":"republic-1","client_secret":"canary-client-secret"}""", "201 Created");
                break;
            case "/token":
                TokenRequests.Enqueue(WebUtility.UrlDecode(body));
                await Held.WaitAsync(call.Stop);
                await TokensAsync(call, Fields(body));
                break;
            default:
                await call.WholeAsync("404 Not Found", "text/plain", "");
                break;
        }
    }

    private async Task TokensAsync(RawCall call, Dictionary<string, string> fields)
    {
        if (LeadsTo is { } other)
        {
            await call.WholeAsync("307 Temporary Redirect", "text/plain", "", $"Location: {other}\r\n");
            return;
        }

        var isGood =
            fields["grant_type"] == "refresh_token"
                ? !RefusesToRenew && fields["refresh_token"] == $"canary-refresh-{given}"
                : fields["code"] == Code && ChallengeOf(fields["code_verifier"]) == Challenge;
        if (!isGood || fields.GetValueOrDefault("client_secret") != "canary-client-secret" || fields["resource"] != tools.Url)
        {
            await call.JsonAsync("""{"error":"invalid_grant"}""", "400 Bad Request");
            return;
        }

        var number = Interlocked.Increment(ref given);
        isTaken = true;
        await AnswerAsync(
            call,
            JsonSerializer.Serialize(
                new
                {
                    access_token = Access,
                    refresh_token = $"canary-refresh-{number}",
                    token_type = "Bearer",
                    expires_in = Lifetime,
                }
            )
        );
    }

    private Task AnswerAsync(RawCall call, string json, string status = "200 OK")
    {
        if (Halved is null || JsonNode.Parse(json) is not JsonObject answer || !answer.ContainsKey(Halved))
        {
            return call.JsonAsync(json, status);
        }

        answer[Halved] = answer[Halved] is JsonArray ? new JsonArray(Mark) : Mark;
        return call.JsonAsync(answer.ToJsonString().Replace(Mark, "\\ud800", StringComparison.Ordinal), status);
    }

    private static Dictionary<string, string> Fields(string form) =>
        form.Split('&')
            .Select(field => field.Split('='))
            .ToDictionary(field => WebUtility.UrlDecode(field[0]), field => WebUtility.UrlDecode(field[1]), StringComparer.Ordinal);

    private static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
