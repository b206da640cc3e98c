namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>The secrets of the sign-in to a tool server, for the address that they were given for.</summary>
internal sealed record OAuthSecrets(string Url, OAuthClient? Client, OAuthPending? Pending, OAuthTokens? Tokens);
