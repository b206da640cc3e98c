namespace Republic.Web.Http.Auth;

/// <param name="ExpiresIn">Seconds until the access token ends.</param>
public sealed record BearerPair(string AccessToken, string RefreshToken, long ExpiresIn, string TokenType);
