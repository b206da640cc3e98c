namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>A sign-in that a person began, until they come back.</summary>
/// <param name="State">A secret that comes back with them, so that nobody else's sign-in is taken for theirs.</param>
/// <param name="Verifier">The verifier of PKCE, which proves that the one who brings the code began the sign-in.</param>
internal sealed record OAuthPending(string State, string Verifier, DateTimeOffset Until);
