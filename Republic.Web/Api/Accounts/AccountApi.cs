using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;
using Republic.Core.Accounts.SigningUp;
using Republic.Core.Audit;
using Republic.Core.Leaving;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Accounts;

internal static class AccountApi
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/api/account").WithTags("Accounts");
        account.MapPost("/register", RegisterAsync).AllowAnonymous().Produces<AccountCard>();
        account.MapPost("/login", LoginAsync).AllowAnonymous().Produces<BearerPair>();
        account.MapPost("/refresh", RefreshAsync).AllowAnonymous().Produces<BearerPair>();
        account.MapGet("/me", Me).Produces<AccountCard>();
        account.MapDelete("/me", LeaveAsync).RequireSession().Produces(StatusCodes.Status204NoContent);
        account.MapAccessTokens();
        account.MapSessions();
        account.MapArchives();
    }

    private static async Task<IResult> RegisterAsync(Register body, SignUp signUp, HttpContext context, AddressFailures failures)
    {
        var address = context.Connection.RemoteIpAddress;
        if (failures.Begin(address, AttemptKind.Password) is { } wait)
        {
            return (Failure.TooMany("Too many attempts from this address.") with { RetryAfter = wait }).ToProblem();
        }

        // One that goes well counts too: it may be of an address that has an account, which nobody is told.
        var made = await signUp.RegisterAsync(
            new SignUpInput(
                body.Email,
                body.Password,
                body.Username,
                body.SetupToken,
                !FirstRunRedirect.AsksForToken(context),
                body.Invitation
            ),
            context.RequestAborted
        );
        return made.ToResult(person =>
            TypedResults.Ok(AccountCard.Of(person.Id, person.Email!, person.Citizen.DisplayName, person.IsSuperuser))
        );
    }

    private static async Task<IResult> LoginAsync(Login body, SignIn signIn, BearerTokens bearer, AuditLog audit, HttpContext context)
    {
        var ct = context.RequestAborted;
        var found = await signIn.CheckAsync(body.Email ?? "", body.Password ?? "", context.Connection.RemoteIpAddress, browser: null, ct);
        if (!found.Ok)
        {
            return found.Failure.Kind == FailureKind.Forbidden ? Unauthorized(found.Failure.Message) : found.Failure.ToProblem();
        }

        var pair = await bearer.IssueAsync(found.Value, context.Request.Headers.UserAgent.ToString(), ct);
        await audit.WriteAsync(AuditActions.SignedIn, "API", found.Value.Id);
        return TypedResults.Ok(pair);
    }

    private static async Task<IResult> RefreshAsync(Refresh body, BearerTokens bearer, CancellationToken ct) =>
        await bearer.RefreshAsync(body.RefreshToken, ct) is { } pair
            ? TypedResults.Ok(pair)
            : Unauthorized("The refresh token is not good, was used before, or its session has ended. Sign in again.");

    private static IResult Me(CurrentPerson person) =>
        TypedResults.Ok(AccountCard.Of(person.Id, person.Email, person.Name, person.IsSuperuser));

    /// <summary>The account is gone afterwards, with the session that asks.</summary>
    private static async Task<IResult> LeaveAsync(
        [FromBody] Leave body,
        CurrentPerson person,
        AccountLeaving leaving,
        HttpContext context,
        CancellationToken ct
    ) =>
        (await leaving.LeaveAsync(person.Id, body.Password, context.Connection.RemoteIpAddress, ct)).ToResult(_ =>
            TypedResults.NoContent()
        );

    private static IResult Unauthorized(string detail) =>
        TypedResults.Problem(title: "Not signed in", detail: detail, statusCode: StatusCodes.Status401Unauthorized);

    internal sealed record Register(string? Email, string? Password, string? Username, string? SetupToken, string? Invitation);

    internal sealed record Login(string? Email, string? Password);

    internal sealed record Refresh(string? RefreshToken);

    internal sealed record Leave(string? Password);

    internal sealed record AccountCard(Guid Id, string Email, string Username, IReadOnlyList<string> Roles)
    {
        public static AccountCard Of(Guid id, string email, string name, bool superuser) =>
            new(id, email, name, superuser ? [CurrentPerson.SuperuserRole] : []);
    }
}
