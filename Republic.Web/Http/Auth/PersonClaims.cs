using System.Security.Claims;
using Republic.Core.Accounts;

namespace Republic.Web.Http.Auth;

/// <summary>What a cookie or token says about its bearer.</summary>
public static class PersonClaims
{
    public const string Session = "sid";
    public const string Scope = "scope";

    /// <param name="scheme">How the person came in; it becomes the identity's authentication type.</param>
    public static ClaimsPrincipal For(Person person, string scheme, Guid? session, IEnumerable<string>? scopes = null)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, person.Id.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.GivenName, person.Citizen.DisplayName));
        identity.AddClaim(new Claim(ClaimTypes.Email, person.Email!));
        if (person.IsSuperuser)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, CurrentPerson.SuperuserRole));
        }

        if (session is not null)
        {
            identity.AddClaim(new Claim(Session, session.Value.ToString()));
        }

        identity.AddClaims((scopes ?? []).Select(scope => new Claim(Scope, scope)));
        return new ClaimsPrincipal(identity);
    }

    public static Guid? SessionOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;
}
