namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>The answer of an authorization server, in the address of our page to which it sends a person back.</summary>
/// <param name="Issuer">The authorization server that sent them (RFC 9207); null where it does not say.</param>
/// <param name="Error">Why there is no code.</param>
public sealed record OAuthReturn(string? Code, string? State, string? Issuer, string? Error);
