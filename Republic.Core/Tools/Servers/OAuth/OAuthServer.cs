namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>An authorization server, as it describes itself (RFC 8414), and what it is asked for.</summary>
/// <param name="Issuer">Its name, which it gives again with its answers.</param>
/// <param name="Resource">What tokens are for (RFC 8707): the tool server, as that calls itself.</param>
/// <param name="Scope">Asked for; null for what it gives by itself.</param>
/// <param name="Registration">Where programs make themselves known (RFC 7591).</param>
/// <param name="TakesPublicClients">Programs without a secret may ask for tokens.</param>
/// <param name="TakesPostedSecrets">A secret may stand in the body of a request; else it stands in a header.</param>
internal sealed record OAuthServer(
    string Issuer,
    string Resource,
    string? Scope,
    string Authorization,
    string Token,
    string Registration,
    bool TakesPublicClients,
    bool TakesPostedSecrets
);
