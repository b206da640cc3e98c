using Republic.Core;
using Republic.Core.Accounts;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api;

internal static class AccountApi
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/api/account").WithTags("Accounts");
        account.MapPost("/register", RegisterAsync).AllowAnonymous().Produces<AccountCard>();
        account.MapPost("/login", LoginAsync).AllowAnonymous().Produces<BearerPair>();
        account.MapPost("/refresh", RefreshAsync).AllowAnonymous().Produces<BearerPair>();
        account.MapGet("/me", Me).Produces<AccountCard>();
        account.MapGet("/tokens", ListTokensAsync).Produces<TokenList>();
        account.MapPost("/tokens", CreateTokenAsync).Produces<TokenMade>(StatusCodes.Status201Created);
        account.MapDelete("/tokens/{id:guid}", RevokeTokenAsync).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> RegisterAsync(Register body, SignUp signUp, HttpContext context, AddressFailures failures)
    {
        var address = context.Connection.RemoteIpAddress;
        if (failures.WaitFor(address, AttemptKind.Password) is { } wait)
        {
            return (Failure.TooMany("Too many attempts from this address.") with { RetryAfter = wait }).ToProblem();
        }

        var made = await signUp.RegisterAsync(
            new SignUpInput(body.Email, body.Password, body.Username, body.SetupToken, FirstRunRedirect.IsFromHere(context)),
            context.RequestAborted
        );
        if (!made.Ok)
        {
            failures.Add(address, AttemptKind.Password);
        }

        return made.ToResult(person =>
            TypedResults.Ok(AccountCard.Of(person.Id, person.Email!, person.Citizen.DisplayName, person.IsSuperuser))
        );
    }

    private static async Task<IResult> LoginAsync(Login body, SignIn signIn, BearerTokens bearer, HttpContext context)
    {
        var found = await signIn.CheckAsync(
            body.Email ?? "",
            body.Password ?? "",
            context.Connection.RemoteIpAddress,
            context.RequestAborted
        );
        if (found.Ok)
        {
            return TypedResults.Ok(
                await bearer.IssueAsync(found.Value, context.Request.Headers.UserAgent.ToString(), context.RequestAborted)
            );
        }

        return found.Failure.Kind == FailureKind.Forbidden ? Unauthorized(found.Failure.Message) : found.Failure.ToProblem();
    }

    private static async Task<IResult> RefreshAsync(Refresh body, BearerTokens bearer, CancellationToken ct) =>
        await bearer.RefreshAsync(body.RefreshToken, ct) is { } pair
            ? TypedResults.Ok(pair)
            : Unauthorized("The refresh token is not good, or its session has ended. Sign in again.");

    private static IResult Me(CurrentPerson person) =>
        TypedResults.Ok(AccountCard.Of(person.Id, person.Email, person.Name, person.IsSuperuser));

    private static async Task<IResult> ListTokensAsync(CurrentPerson person, AccessTokens tokens, CancellationToken ct) =>
        TypedResults.Ok(new TokenList([.. (await tokens.ListAsync(person.Id, ct)).Select(TokenRow.Of)], null));

    private static async Task<IResult> CreateTokenAsync(
        AccessTokenInput body,
        CurrentPerson person,
        AccessTokens tokens,
        HttpContext context,
        CancellationToken ct
    ) =>
        IsToken(context)
            ? Failure.Forbidden("A token cannot make tokens. Sign in to make one.").ToProblem()
            : (await tokens.CreateAsync(person.Id, body, ct)).ToResult(made =>
                TypedResults.Created($"/api/account/tokens/{made.Token.Id}", new TokenMade(made.Secret, TokenRow.Of(made.Token)))
            );

    private static async Task<IResult> RevokeTokenAsync(Guid id, CurrentPerson person, AccessTokens tokens, CancellationToken ct) =>
        (await tokens.RevokeAsync(person.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static bool IsToken(HttpContext context) => context.User.Identity?.AuthenticationType == AccessTokenHandler.SchemeName;

    private static IResult Unauthorized(string detail) =>
        TypedResults.Problem(title: "Not signed in", detail: detail, statusCode: StatusCodes.Status401Unauthorized);

    internal sealed record Register(string? Email, string? Password, string? Username, string? SetupToken);

    internal sealed record Login(string? Email, string? Password);

    internal sealed record Refresh(string? RefreshToken);

    internal sealed record AccountCard(Guid Id, string Email, string Username, IReadOnlyList<string> Roles)
    {
        public static AccountCard Of(Guid id, string email, string name, bool superuser) =>
            new(id, email, name, superuser ? [CurrentPerson.SuperuserRole] : []);
    }

    internal sealed record TokenList(IReadOnlyList<TokenRow> Tokens, string? NextCursor);

    internal sealed record TokenMade(string Token, TokenRow AccessToken);

    internal sealed record TokenRow(
        Guid Id,
        string Name,
        string Hint,
        IReadOnlyList<string> Scopes,
        DateTimeOffset? ExpiresAt,
        DateTimeOffset CreatedAt,
        DateTimeOffset? LastUsedAt
    )
    {
        public static TokenRow Of(AccessToken token) =>
            new(token.Id, token.Name, $"…{token.Hint}", token.Scopes, token.ExpiresAt, token.CreatedAt, token.LastUsedAt);
    }
}
