using Republic.Core.Audit;

namespace Republic.Web.Http.Auth;

/// <summary>Middleware that audits every change by a superuser below another person's <c>/api/users/{user_id}</c> that is not audited with it.</summary>
internal static class SuperuserAudit
{
    public static IApplicationBuilder UseSuperuserAudit(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                await next(context);
                var request = context.Request;
                if (
                    context.Response.StatusCode < StatusCodes.Status400BadRequest
                    && context.GetEndpoint()?.Metadata.GetMetadata<OwnAudit>() is null
                    && !HttpMethods.IsGet(request.Method)
                    && !HttpMethods.IsHead(request.Method)
                    && CurrentPerson.FromOrNull(context.User) is { IsSuperuser: true } me
                    && OwnUser.Of(request) is { } user
                    && user != me.Id
                )
                {
                    var audit = context.RequestServices.GetRequiredService<AuditLog>();
                    await audit.WriteAsync(AuditActions.SuperuserActed, $"{request.Method} {request.Path}");
                }
            }
        );
}
