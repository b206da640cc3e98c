using Republic.Core;
using Republic.Web.Http.Auth;

namespace Republic.Web.Http.Security;

/// <summary>
/// Refuses a query of the API or of a live stream with U+0000 in it. No text that is kept has one, and PostgreSQL, asked for it, would
/// log an error. Pages leave it out of what was typed.
/// </summary>
public static class StorableQueries
{
    private static readonly Failure Refusal = new(FailureKind.Invalid, "A query cannot hold U+0000.", []);

    public static IApplicationBuilder UseStorableQueries(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var query = context.Request.QueryString.Value ?? "";
                if (!IsCalled(context.Request.Path) || !query.Contains("%00", StringComparison.Ordinal))
                {
                    return next(context);
                }

                return Refusal.ToProblem().ExecuteAsync(context);
            }
        );

    private static bool IsCalled(PathString path) =>
        Authentication.IsApi(path) || path.StartsWithSegments("/live", StringComparison.OrdinalIgnoreCase);
}
