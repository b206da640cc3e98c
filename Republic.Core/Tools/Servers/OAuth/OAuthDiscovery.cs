using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Republic.Core.Security;

namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>Finds the authorization server of a tool server, which names it (RFC 9728); that describes itself (RFC 8414).</summary>
public sealed class OAuthDiscovery(OAuthHttp http, SecretBox box)
{
    private const int MaxScope = 1000;

    /// <exception cref="OAuthException">Nobody can sign in, and why.</exception>
    internal async Task<OAuthServer> FindAsync(ToolServer server, CancellationToken ct)
    {
        var challenge = await AskAsync(server, ct);
        var address = http.Address(server, challenge.Metadata, $"Where {server.Name} describes its sign-in");
        if (await http.FindAsync(address, ct) is not { } described)
        {
            throw Unusable(server, $"{server.Name} does not describe its sign-in at {address.Authority}.");
        }

        var resource = described.Text("resource");
        if (!IsOf(server, resource))
        {
            throw Unusable(server, $"{server.Name} describes the sign-in of another address.");
        }

        var issuer = Texts(described, "authorization_servers").FirstOrDefault();
        var scope = challenge.Scope ?? Joined(Texts(described, "scopes_supported"));
        return await ReadAsync(
            server,
            http.Address(server, issuer, $"Who signs people in to {server.Name}"),
            issuer!,
            resource!,
            scope,
            ct
        );
    }

    /// <summary>Asks the tool server without a sign-in, so that it says how to sign in.</summary>
    private Task<OAuthChallenge> AskAsync(ToolServer server, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.Url)
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"ping"}""",
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")
            ),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        foreach (var (name, value) in ToolServerHeaders.Open(box, server))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return http.SendAsync(request, response => Task.FromResult(OAuthChallenge.Of(response)), ct);
    }

    private async Task<OAuthServer> ReadAsync(
        ToolServer server,
        Uri address,
        string issuer,
        string resource,
        string? scope,
        CancellationToken ct
    )
    {
        foreach (var document in DocumentsOf(address))
        {
            // Whoever else answers there describes somebody else.
            if (await http.FindAsync(document, ct) is { } described && described.Text("issuer")?.TrimEnd('/') == issuer.TrimEnd('/'))
            {
                return Checked(server, described, resource, scope is { Length: > 0 and <= MaxScope } ? scope : null);
            }
        }

        throw Unusable(server, $"{address.Authority} does not say how one signs in to {server.Name}.");
    }

    private OAuthServer Checked(ToolServer server, JsonElement described, string resource, string? scope)
    {
        if (!Texts(described, "code_challenge_methods_supported").Contains("S256", StringComparer.Ordinal))
        {
            throw Unusable(server, $"Who signs people in to {server.Name} does not offer PKCE, without which a sign-in can be stolen.");
        }

        var methods = Texts(described, "token_endpoint_auth_methods_supported");
        return new OAuthServer(
            described.Text("issuer")!,
            resource,
            scope,
            http.Address(server, described.Text("authorization_endpoint"), $"The page that signs people in to {server.Name}").AbsoluteUri,
            http.Address(server, described.Text("token_endpoint"), $"The address of the tokens for {server.Name}").AbsoluteUri,
            http.Address(
                server,
                described.Text("registration_endpoint"),
                $"The address where programs register for {server.Name}"
            ).AbsoluteUri,
            methods.Contains("none", StringComparer.Ordinal),
            methods.Contains("client_secret_post", StringComparer.Ordinal)
        );
    }

    /// <summary>The addresses at which an issuer may describe itself: those of RFC 8414 first, then those of OpenID Connect.</summary>
    private static IEnumerable<Uri> DocumentsOf(Uri issuer)
    {
        var (origin, path) = (issuer.GetLeftPart(UriPartial.Authority), issuer.AbsolutePath.TrimEnd('/'));
        yield return new Uri($"{origin}/.well-known/oauth-authorization-server{path}");
        yield return new Uri($"{origin}/.well-known/openid-configuration{path}");
        if (path.Length > 0)
        {
            yield return new Uri($"{origin}{path}/.well-known/openid-configuration");
        }
    }

    /// <summary>Tokens are asked for this server, or for the site that it is a part of, and for nothing else.</summary>
    private static bool IsOf(ToolServer server, string? resource)
    {
        var own = new Uri(server.Url);
        return Uri.TryCreate(resource, UriKind.Absolute, out var named)
            && named.GetLeftPart(UriPartial.Authority) == own.GetLeftPart(UriPartial.Authority)
            && $"{own.AbsolutePath.TrimEnd('/')}/".StartsWith($"{named.AbsolutePath.TrimEnd('/')}/", StringComparison.Ordinal);
    }

    private static OAuthException Unusable(ToolServer server, string fact) =>
        new($"{fact} Enter the key that {server.Name} gives out as a header, or ask whoever runs it.", isRefused: true);

    private static string? Joined(List<string> scopes) => scopes.Count == 0 ? null : string.Join(' ', scopes);

    private static List<string> Texts(JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(one => one.Text()).OfType<string>()]
            : [];
}
