namespace Republic.Core.Accounts;

/// <param name="Scopes">Of <see cref="TokenScopes"/>; none means all.</param>
/// <param name="ExpiresAt">Null means that it holds until it is revoked.</param>
public sealed record AccessTokenInput(string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt);
