namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>This installation as an authorization server knows it, and where that takes and gives tokens.</summary>
/// <param name="Secret">The secret of the client; null for a public one, as PKCE allows.</param>
/// <param name="IsSecretPosted">The secret is sent in the body of a request; else in a header.</param>
internal sealed record OAuthClient(
    string Issuer,
    string Authorization,
    string Token,
    string Resource,
    string? Scope,
    string Redirect,
    string Id,
    string? Secret,
    bool IsSecretPosted
)
{
    /// <summary>The client was registered for just this server and redirect.</summary>
    public bool Suits(OAuthServer server, string redirect) => Issuer == server.Issuer && Redirect == redirect && Token == server.Token;
}
