using System.Security.Claims;
using Republic.Core.Accounts;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Accounts;

internal static class AccessTokenApi
{
    public static void MapAccessTokens(this IEndpointRouteBuilder account)
    {
        account.MapGet("/tokens", ListAsync).Produces<TokenList>();
        account.MapPost("/tokens", CreateAsync).RequireSession().Produces<TokenMade>(StatusCodes.Status201Created);
        account.MapDelete("/tokens/{id:guid}", RevokeAsync).RequireSession().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(CurrentPerson person, AccessTokens tokens, CancellationToken ct) =>
        TypedResults.Ok(new TokenList([.. (await tokens.ListAsync(person.Id, ct)).Select(TokenRow.Of)], null));

    private static async Task<IResult> CreateAsync(
        AccessTokenInput body,
        CurrentPerson person,
        ClaimsPrincipal user,
        AccessTokens tokens,
        CancellationToken ct
    ) =>
        (await tokens.CreateAsync(person.Id, PersonClaims.SessionOf(user), body, ct)).ToResult(made =>
            TypedResults.Created($"/api/account/tokens/{made.Token.Id}", new TokenMade(made.Secret, TokenRow.Of(made.Token)))
        );

    private static async Task<IResult> RevokeAsync(Guid id, CurrentPerson person, AccessTokens tokens, CancellationToken ct) =>
        (await tokens.RevokeAsync(person.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

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
