namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>The tokens of a sign-in.</summary>
/// <param name="Refresh">Renews the other; null where the sign-in cannot be renewed.</param>
/// <param name="ExpiresAt">Null where it is not known.</param>
internal sealed record OAuthTokens(string Access, string? Refresh, DateTimeOffset? ExpiresAt);
