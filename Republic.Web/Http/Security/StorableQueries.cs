using Republic.Web.Http.Auth;

namespace Republic.Web.Http.Security;

/// <summary>
/// Refuses a query of the API with U+0000 in it. No text that is kept has one, and PostgreSQL, asked for it, would log an error. Pages
/// leave it out of what was typed.
/// </summary>
public static class StorableQueries
{
    public static IApplicationBuilder UseStorableQueries(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var query = context.Request.QueryString.Value ?? "";
                if (!Authentication.IsApi(context.Request.Path) || !query.Contains("%00", StringComparison.Ordinal))
                {
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }
        );
}
