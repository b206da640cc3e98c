using System.Security.Claims;

namespace Republic.Web.Http.Auth;

/// <summary>
/// Who is asking, from the claims of the cookie or bearer token. An API lambda takes it as a parameter;
/// a page writes <c>CurrentPerson.From(User)</c>.
/// </summary>
public sealed record CurrentPerson(Guid Id, string Name, string Email, bool IsSuperuser)
{
    public const string SuperuserRole = "superuser";

    /// <summary>Only behind an endpoint that asks for a signed-in person, which is every endpoint that does not say otherwise.</summary>
    public static CurrentPerson From(ClaimsPrincipal user) =>
        FromOrNull(user) ?? throw new InvalidOperationException("Nobody is signed in, and this endpoint did not ask for it.");

    public static CurrentPerson? FromOrNull(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new CurrentPerson(
                id,
                user.FindFirstValue(ClaimTypes.GivenName) ?? "",
                user.FindFirstValue(ClaimTypes.Email) ?? "",
                user.IsInRole(SuperuserRole)
            )
            : null;

    public static ValueTask<CurrentPerson?> BindAsync(HttpContext context) => ValueTask.FromResult<CurrentPerson?>(From(context.User));
}
