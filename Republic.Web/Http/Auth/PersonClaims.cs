using System.Security.Claims;
using Republic.Core.Accounts;

namespace Republic.Web.Http.Auth;

/// <summary>What a cookie or token says about its bearer.</summary>
public static class PersonClaims
{
    public const string Session = "sid";
    public const string Scope = "scope";
    private const string Token = "tid";

    /// <param name="scheme">How the person came in; it becomes the identity's authentication type.</param>
    public static ClaimsPrincipal For(Person person, string scheme, Guid? session, AccessToken? token = null)
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

        if (token is not null)
        {
            identity.AddClaim(new Claim(Token, token.Id.ToString()));
            identity.AddClaims(token.Scopes.Select(scope => new Claim(Scope, scope)));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>Puts what the person is by now in the place of what the ticket says.</summary>
    public static void SetSuperuser(ClaimsPrincipal user, bool isSuperuser)
    {
        if (user.Identity is not ClaimsIdentity identity || user.IsInRole(CurrentPerson.SuperuserRole) == isSuperuser)
        {
            return;
        }

        if (isSuperuser)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, CurrentPerson.SuperuserRole));
        }
        else
        {
            identity.FindAll(ClaimTypes.Role).ToList().ForEach(identity.RemoveClaim);
        }
    }

    /// <summary>The personal access token that it came with.</summary>
    public static Guid? TokenOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Token), out var id) ? id : null;

    public static Guid? SessionOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;
}
