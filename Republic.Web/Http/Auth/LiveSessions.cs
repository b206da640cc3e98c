using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Republic.Core.Accounts;

namespace Republic.Web.Http.Auth;

/// <summary>
/// A cookie or bearer token whose session was ended (signed out, password changed) is worth nothing, however fresh it is;
/// and who is a superuser is what the database says, not what they were at their sign-in.
/// </summary>
public static class LiveSessions
{
    public static IApplicationBuilder UseLiveSessions(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (PersonClaims.SessionOf(context.User) is not { } session)
                {
                    await next(context);
                    return;
                }

                if (await StandingAsync(context, session) is { } standing)
                {
                    PersonClaims.SetSuperuser(context.User, standing.IsSuperuser);
                }
                else
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

    private static Task<SessionStanding?> StandingAsync(HttpContext context, Guid session) =>
        context
            .RequestServices.GetRequiredService<Sessions>()
            .StandingAsync(session, CurrentPerson.From(context.User).Id, context.RequestAborted);
}
