using Republic.Core.Accounts;

namespace Republic.Web.Pages.Account;

public sealed class TokenForm
{
    public string? Name { get; set; }

    /// <summary>All but the one for other programs' agents, which is chosen for them alone.</summary>
    public List<string> Scopes { get; set; } = [TokenScopes.Read, TokenScopes.Write, TokenScopes.Chat];

    /// <summary>Days from now; 0 means until it is revoked.</summary>
    public int Days { get; set; } = 90;

    public AccessTokenInput ToInput(DateTimeOffset now) => new(Name, Scopes, Days is > 0 and <= 3650 ? now.AddDays(Days) : null);
}
