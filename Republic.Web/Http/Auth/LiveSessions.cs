using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Republic.Core.Accounts;

namespace Republic.Web.Http.Auth;

/// <summary>A cookie or bearer token whose session was ended (signed out, password changed) is worth nothing, however fresh it is.</summary>
public static class LiveSessions
{
    public static IApplicationBuilder UseLiveSessions(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (PersonClaims.SessionOf(context.User) is { } session && !await IsLiveAsync(context, session))
                {
                    if (context.User.Identity!.AuthenticationType == IdentityConstants.ApplicationScheme)
                    {
                        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
                    }

                    context.User = new ClaimsPrincipal(new ClaimsIdentity());
                    context.Features.Set<IAuthenticateResultFeature>(null);
                }

                await next(context);
            }
        );

    private static Task<bool> IsLiveAsync(HttpContext context, Guid session) =>
        context
            .RequestServices.GetRequiredService<Sessions>()
            .IsLiveAsync(session, CurrentPerson.From(context.User).Id, context.RequestAborted);
}
