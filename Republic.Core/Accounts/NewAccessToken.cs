namespace Republic.Core.Accounts;

/// <param name="Secret"><c>rpat_…</c>, shown once.</param>
public sealed record NewAccessToken(AccessToken Token, string Secret);
