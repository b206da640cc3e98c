using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Republic.Core.Accounts;

namespace Republic.Web.Http.Auth;

/// <summary>
/// Bearer tokens of the JSON API: ASP.NET's own protected tickets, under our names and bound to a session,
/// so that a changed password ends them too. A refresh token is good once.
/// </summary>
public sealed class BearerTokens(
    Sessions sessions,
    UserManager<Person> people,
    IOptionsMonitor<BearerTokenOptions> schemes,
    IOptions<AccountOptions> accounts,
    TimeProvider time
)
{
    private const string RefreshId = "refresh_id";

    private BearerTokenOptions Scheme => schemes.Get(IdentityConstants.BearerScheme);

    public async Task<BearerPair> IssueAsync(Person person, string client, CancellationToken ct)
    {
        var refresh = Guid.CreateVersion7();
        return Pair(person, await sessions.BeginAsync(person.Id, client, refresh, ct), refresh);
    }

    /// <summary>A new pair for a refresh token that is still good, or null.</summary>
    public async Task<BearerPair?> RefreshAsync(string? refreshToken, CancellationToken ct)
    {
        var ticket = string.IsNullOrEmpty(refreshToken) ? null : Scheme.RefreshTokenProtector.Unprotect(refreshToken);
        if (
            ticket?.Properties.ExpiresUtc > time.GetUtcNow()
            && CurrentPerson.FromOrNull(ticket.Principal) is { } who
            && PersonClaims.SessionOf(ticket.Principal) is { } session
            && Guid.TryParse(ticket.Properties.Items.TryGetValue(RefreshId, out var id) ? id : null, out var used)
            && await sessions.IsLiveAsync(session, who.Id, ct)
            && await people.FindByIdAsync(who.Id.ToString()) is { } person
        )
        {
            var next = Guid.CreateVersion7();
            if (await sessions.RotateAsync(session, who.Id, used, next, ct))
            {
                return Pair(person, session, next);
            }
        }

        return null;
    }

    private BearerPair Pair(Person person, Guid session, Guid refresh)
    {
        var principal = PersonClaims.For(person, IdentityConstants.BearerScheme, session);
        var life = accounts.Value.AccessTokenLife;
        return new BearerPair(
            Scheme.BearerTokenProtector.Protect(Ticket(life, "AccessToken", [])),
            Scheme.RefreshTokenProtector.Protect(
                Ticket(accounts.Value.SessionRest, "RefreshToken", new() { [RefreshId] = refresh.ToString() })
            ),
            (long)life.TotalSeconds,
            "Bearer"
        );

        AuthenticationTicket Ticket(TimeSpan expiresIn, string kind, Dictionary<string, string?> items) =>
            new(
                principal,
                new AuthenticationProperties(items) { ExpiresUtc = time.GetUtcNow() + expiresIn },
                $"{IdentityConstants.BearerScheme}:{kind}"
            );
    }
}
