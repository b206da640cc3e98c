using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Republic.Core.Accounts;
using Republic.Core.Audit;

namespace Republic.Web.Http.Auth;

/// <summary>Signs a browser in and out. Each sign-in is a new session, so an id planted before it is worth nothing.</summary>
public sealed class BrowserSession(Sessions sessions, KnownBrowsers browsers, AuditLog audit)
{
    public async Task BeginAsync(HttpContext context, Person person)
    {
        await EndAsync(context);
        var session = await sessions.BeginAsync(
            person.Id,
            context.Request.Headers.UserAgent.ToString(),
            refresh: null,
            context.RequestAborted
        );
        browsers.Remember(context, person.Email!);
        await WriteAsync(context, person, session);
        await audit.WriteAsync(AuditActions.SignedIn, "browser", person.Id);
    }

    /// <summary>The same session with what has changed about the person.</summary>
    public Task RenewAsync(HttpContext context, Person person) =>
        PersonClaims.SessionOf(context.User) is { } session ? WriteAsync(context, person, session) : Task.CompletedTask;

    public async Task EndAsync(HttpContext context)
    {
        if (PersonClaims.SessionOf(context.User) is { } session)
        {
            await sessions.EndAsync(session, CurrentPerson.From(context.User).Id, AuditActions.SignedOut, CancellationToken.None);
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
    }

    private static Task WriteAsync(HttpContext context, Person person, Guid session) =>
        context.SignInAsync(
            IdentityConstants.ApplicationScheme,
            PersonClaims.For(person, IdentityConstants.ApplicationScheme, session),
            new AuthenticationProperties { IsPersistent = true }
        );
}
