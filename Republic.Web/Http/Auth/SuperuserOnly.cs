using Republic.Core;

namespace Republic.Web.Http.Auth;

/// <summary>Endpoints of the whole installation.</summary>
internal static class SuperuserOnly
{
    /// <param name="refusal">What anybody else is told.</param>
    public static TBuilder RequireSuperuser<TBuilder>(this TBuilder endpoints, string refusal)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(
            async (call, next) =>
                CurrentPerson.FromOrNull(call.HttpContext.User)?.IsSuperuser == true
                    ? await next(call)
                    : Failure.Forbidden(refusal).ToProblem()
        );
}
