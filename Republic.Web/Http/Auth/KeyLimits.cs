using Microsoft.AspNetCore.Diagnostics;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;

namespace Republic.Web.Http.Auth;

/// <summary>What a good key may not do, and how often a bad one may be tried.</summary>
public static class KeyLimits
{
    public static IApplicationBuilder UseKeyLimits(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                var failure = Check(context);
                if (failure is null)
                {
                    await next(context);
                }
                else
                {
                    await failure.ToProblem().ExecuteAsync(context);
                }
            }
        );

    private static Failure? Check(HttpContext context)
    {
        var key = Authentication.BearerOf(context.Request);
        // An error page is rendered by running the request again, and that must not count again.
        var isAgain =
            context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;
        if (key is null || isAgain || Authentication.IsOutside(context.Request.Path))
        {
            return null;
        }

        if (context.User.Identity is not { IsAuthenticated: true } identity)
        {
            return Refuse(context);
        }

        if (identity.AuthenticationType != AccessTokenHandler.SchemeName)
        {
            return null;
        }

        var needed = Needed(context.Request);
        return context.GetEndpoint()?.Metadata.GetMetadata<SessionRequired>() is not null
                ? Failure.Forbidden("An access token may not do that, whatever its scopes. Sign in to do that.")
            : context.User.HasClaim(PersonClaims.Scope, needed) ? null
            : Failure.Forbidden($"This token lacks the scope “{needed}”. Make one that has it.");
    }

    private static Failure? Refuse(HttpContext context)
    {
        var failures = context.RequestServices.GetRequiredService<AddressFailures>();
        var address = context.Connection.RemoteIpAddress;
        var wait = failures.WaitFor(address, AttemptKind.Key);
        failures.Add(address, AttemptKind.Key);
        return wait is null ? null : Failure.TooMany("Too many unknown keys from this address.") with { RetryAfter = wait };
    }

    private static string Needed(HttpRequest request) =>
        Authentication.IsTools(request.Path) ? TokenScopes.Tools
        : HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? TokenScopes.Read
        : TokenScopes.Write;
}
