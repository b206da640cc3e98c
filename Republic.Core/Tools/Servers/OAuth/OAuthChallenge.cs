using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>The request of a tool server to sign in, of the header WWW-Authenticate (RFC 6750 and RFC 9728).</summary>
/// <param name="Metadata">The address at which the server describes its sign-in; null where it names none.</param>
/// <param name="Scope">The scopes that must be asked for; null where the server names none.</param>
internal sealed partial record OAuthChallenge(string? Metadata, string? Scope)
{
    public static OAuthChallenge Of(HttpResponseMessage response) =>
        response.Headers.WwwAuthenticate.FirstOrDefault(IsBearer)?.Parameter is { } parameters
            ? new OAuthChallenge(Value(parameters, "resource_metadata"), Value(parameters, "scope"))
            : new OAuthChallenge(null, null);

    private static bool IsBearer(AuthenticationHeaderValue header) => header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);

    private static string? Value(string parameters, string name) =>
        Parameter()
            .Matches(parameters)
            .FirstOrDefault(match => match.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?.Groups["value"]
            .Value;

    [GeneratedRegex("""(?<name>[A-Za-z_]+)\s*=\s*(?:"(?<value>[^"]*)"|(?<value>[^",\s]+))""", RegexOptions.None, 200)]
    private static partial Regex Parameter();
}
