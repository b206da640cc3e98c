using System.Security.Claims;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Accounts;

internal static class SessionApi
{
    public static void MapSessions(this IEndpointRouteBuilder account)
    {
        account.MapPost("/logout", LogoutAsync).RequireSession().Produces(StatusCodes.Status204NoContent);
        account.MapGet("/sessions", ListAsync).Produces<SessionList>();
        account.MapDelete("/sessions/{id:guid}", EndAsync).RequireSession().Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Ends the session of the bearer token that is sent, and its refresh token with it.</summary>
    private static async Task<IResult> LogoutAsync(CurrentPerson person, ClaimsPrincipal user, Sessions sessions)
    {
        if (PersonClaims.SessionOf(user) is { } session)
        {
            await sessions.EndAsync(session, person.Id, AuditActions.SignedOut, CancellationToken.None);
        }

        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListAsync(CurrentPerson person, ClaimsPrincipal user, Sessions sessions, CancellationToken ct)
    {
        var here = PersonClaims.SessionOf(user);
        return TypedResults.Ok(
            new SessionList([.. (await sessions.ListAsync(person.Id, ct)).Select(session => SessionRow.Of(session, here))], null)
        );
    }

    private static async Task<IResult> EndAsync(Guid id, CurrentPerson person, Sessions sessions, CancellationToken ct) =>
        await sessions.EndAsync(id, person.Id, AuditActions.SessionEnded, ct)
            ? TypedResults.NoContent()
            : Failure.NotFound("session").ToProblem();

    internal sealed record SessionList(IReadOnlyList<SessionRow> Sessions, string? NextCursor);

    /// <param name="Client">What the browser or program called itself.</param>
    /// <param name="IsBrowser">A browser's session; else an app's with a refresh token.</param>
    /// <param name="IsCurrent">The one that asks.</param>
    internal sealed record SessionRow(
        Guid Id,
        string Client,
        bool IsBrowser,
        bool IsCurrent,
        DateTimeOffset CreatedAt,
        DateTimeOffset LastSeenAt
    )
    {
        public static SessionRow Of(Session session, Guid? current) =>
            new(session.Id, session.Client, session.RefreshId is null, session.Id == current, session.CreatedAt, session.SeenAt);
    }
}
