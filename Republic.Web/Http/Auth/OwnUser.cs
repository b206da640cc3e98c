using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Republic.Web.Http.Auth;

/// <summary>
/// Guards what lies below <c>/api/users/{user_id}</c>: one's own id, or any for a superuser. Decided before the body is
/// read, and the same whether or not that person or that route exists, or takes this verb and type of content.
/// </summary>
internal static class OwnUser
{
    public static TBuilder RequireOwnUser<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.RequireAuthorization(policy => policy.RequireOwnUser());

    /// <summary>As policy of last resort too: routing's own refusals belong to no route.</summary>
    public static AuthorizationPolicyBuilder RequireOwnUser(this AuthorizationPolicyBuilder policy) =>
        policy.RequireAuthenticatedUser().RequireAssertion(May);

    /// <summary>One's own id alone: of what people keep here, superusers see that it is there, and never what is in it.</summary>
    public static TBuilder RequireSelf<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireAssertion(IsSelf));

    /// <summary>Whose id stands in the address.</summary>
    public static Guid? Of(HttpRequest request) =>
        Guid.TryParse(request.RouteValues["user_id"] as string ?? UserIn(request.Path), out var id) ? id : null;

    private static bool May(AuthorizationHandlerContext context) => context.User.IsInRole(CurrentPerson.SuperuserRole) || IsSelf(context);

    private static bool IsSelf(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext { Request: var request }
        && (
            (request.RouteValues["user_id"] as string ?? UserIn(request.Path)) is not { } user
            || (Guid.TryParse(user, out var id) && context.User.FindFirstValue(ClaimTypes.NameIdentifier) == id.ToString())
        );

    private static string? UserIn(PathString path) =>
        path.StartsWithSegments("/api/users", StringComparison.OrdinalIgnoreCase, out var below)
        && below.Value?.Split('/') is ["", var user, ..]
        && Guid.TryParse(user, out _)
            ? user
            : null;
}
