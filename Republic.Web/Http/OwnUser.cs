using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Republic.Web.Http;

/// <summary>
/// Guards routes below <c>/api/users/{user_id}</c>: one's own id, or any for a superuser. Decided before the body is read, and the
/// same whether or not that person exists.
/// </summary>
internal static class OwnUser
{
    public static TBuilder RequireOwnUser<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireAssertion(May));

    private static bool May(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext { Request.RouteValues: var route }
        && Guid.TryParse(route["user_id"] as string, out var user)
        && (
            context.User.IsInRole(CurrentPerson.SuperuserRole) || context.User.FindFirstValue(ClaimTypes.NameIdentifier) == user.ToString()
        );
}
