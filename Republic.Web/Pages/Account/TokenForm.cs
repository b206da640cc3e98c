using Republic.Core.Accounts;

namespace Republic.Web.Pages.Account;

public sealed class TokenForm
{
    public string? Name { get; set; }

    public List<string> Scopes { get; set; } = [.. TokenScopes.All];

    /// <summary>Days from now; 0 means until it is revoked.</summary>
    public int Days { get; set; } = 90;

    public AccessTokenInput ToInput(DateTimeOffset now) => new(Name, Scopes, Days is > 0 and <= 3650 ? now.AddDays(Days) : null);
}
