using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>The requests to an authorization server: to register this installation, and for tokens.</summary>
public sealed class OAuthRequests(OAuthHttp http, TimeProvider time)
{
    private const int MaxToken = 16 * 1024;
    private const int MaxClient = 4000;
    private const int MaxWords = 100;

    private static readonly string[] GrantTypes = ["authorization_code", "refresh_token"];
    private static readonly string[] ResponseTypes = ["code"];

    /// <summary>The fields of a form that nobody else may know.</summary>
    private static readonly string[] Secrets = ["code", "code_verifier", "refresh_token"];

    /// <summary>Ten years.</summary>
    private const long MaxSeconds = 10L * 365 * 24 * 3600;

    /// <summary>Registers this installation (RFC 7591).</summary>
    /// <param name="redirect">The address to which people come back.</param>
    internal async Task<OAuthClient> RegisterAsync(ToolServer server, OAuthServer at, string redirect, CancellationToken ct)
    {
        var method =
            at.TakesPublicClients ? "none"
            : at.TakesPostedSecrets ? "client_secret_post"
            : "client_secret_basic";
        using var request = new HttpRequestMessage(HttpMethod.Post, at.Registration)
        {
            Content = JsonContent.Create(
                new
                {
                    client_name = "Republic",
                    redirect_uris = new[] { redirect },
                    grant_types = GrantTypes,
                    response_types = ResponseTypes,
                    token_endpoint_auth_method = method,
                    scope = at.Scope,
                },
                options: SnakeCaseJson.Compact
            ),
        };
        var (status, body) = await http.SendAsync(request, OAuthHttp.JsonAsync, ct);
        if (status is not (HttpStatusCode.Created or HttpStatusCode.OK) || Text(body, "client_id", MaxClient) is not { } id)
        {
            throw Refused($"{Host(at.Registration)} does not register Republic for {server.Name}", status, body);
        }

        var secret = Text(body, "client_secret", MaxClient);
        var isPosted = (Text(body, "token_endpoint_auth_method", MaxWords) ?? method) == "client_secret_post";
        return new OAuthClient(at.Issuer, at.Authorization, at.Token, at.Resource, at.Scope, redirect, id, secret, isPosted);
    }

    /// <summary>The page of the authorization server at which the person signs in.</summary>
    /// <param name="challenge">The challenge of PKCE: the SHA-256 of the verifier.</param>
    internal static Uri PageOf(OAuthClient client, string state, string challenge)
    {
        Dictionary<string, string?> query = new(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = client.Id,
            ["redirect_uri"] = client.Redirect,
            ["state"] = state,
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
            ["resource"] = client.Resource,
            ["scope"] = client.Scope,
        };
        var written = string.Join(
            '&',
            query.Where(one => one.Value is not null).Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value!)}")
        );
        return new Uri($"{client.Authorization}{(client.Authorization.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{written}");
    }

    /// <summary>Tokens for the code that a person came back with.</summary>
    internal Task<OAuthTokens> ExchangeAsync(ToolServer server, OAuthClient client, string code, string verifier, CancellationToken ct) =>
        TokensAsync(
            server,
            client,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = client.Redirect,
                ["code_verifier"] = verifier,
            },
            earlier: null,
            ct
        );

    /// <summary>Tokens in place of those that ran out.</summary>
    /// <param name="refresh">The token that renews; it stays in use where no other comes.</param>
    internal Task<OAuthTokens> RenewAsync(ToolServer server, OAuthClient client, string refresh, CancellationToken ct) =>
        TokensAsync(
            server,
            client,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh },
            refresh,
            ct
        );

    private async Task<OAuthTokens> TokensAsync(
        ToolServer server,
        OAuthClient client,
        Dictionary<string, string> fields,
        string? earlier,
        CancellationToken ct
    )
    {
        // Whether it may still be reached is asked each time: a superuser may have taken its host back.
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            http.Address(server, client.Token, $"The address of the tokens for {server.Name}")
        );
        request.Headers.Accept.ParseAdd("application/json");
        (fields["client_id"], fields["resource"]) = (client.Id, client.Resource);
        if (client is { Secret: { } secret, IsSecretPosted: true })
        {
            fields["client_secret"] = secret;
        }
        else if (client.Secret is { } shown)
        {
            var pair = $"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(shown)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(fields);
        var (status, body) = await http.SendAsync(request, OAuthHttp.JsonAsync, ct);
        if (status != HttpStatusCode.OK || Text(body, "access_token", MaxToken) is not { } access || !IsSendable(access))
        {
            string?[] sent = [client.Secret, .. Secrets.Select(name => fields.GetValueOrDefault(name))];
            throw Refused($"{Host(client.Token)} gives no tokens for {server.Name}", status, body, sent);
        }

        return new OAuthTokens(access, Text(body, "refresh_token", MaxToken) ?? earlier, EndOf(body));
    }

    private DateTimeOffset? EndOf(JsonElement body) =>
        body.Member("expires_in") is { ValueKind: JsonValueKind.Number } said
        && said.TryGetInt64(out var seconds)
        && seconds is > 0 and < MaxSeconds
            ? time.GetUtcNow().AddSeconds(seconds)
            : null;

    /// <summary>The token can be sent in a header.</summary>
    private static bool IsSendable(string token) => token.All(sign => sign is > ' ' and < '\x7f');

    /// <param name="sent">The secrets that it was sent, which are taken out of its word.</param>
    private static OAuthException Refused(string fact, HttpStatusCode status, JsonElement body, params string?[] sent)
    {
        var isRefused = (int)status is >= 400 and < 500 and not (408 or 429);
        // A word such as invalid_grant; whatever else they say is not repeated.
        var word =
            Text(body, "error", MaxWords) is { } error && error.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-')
                ? sent.Aggregate(error, KeyRedaction.Apply)
                : $"{(int)status}";
        return new OAuthException(
            $"{fact} ({word}). {(isRefused ? "Sign in again, or ask whoever runs it." : "Try again later.")}",
            isRefused
        );
    }

    private static string Host(string address) => new Uri(address).Authority;

    private static string? Text(JsonElement json, string name, int most) =>
        json.Text(name) is { Length: > 0 } text && text.Length <= most ? text : null;
}
