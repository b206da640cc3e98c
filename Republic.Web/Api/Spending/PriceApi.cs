using Microsoft.AspNetCore.Mvc;
using Republic.Core.Providers.Prices;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Spending;

internal static class PriceApi
{
    private const string Users = "user_id";
    private const int MaxPage = 500;

    public static void MapPrices(this IEndpointRouteBuilder app)
    {
        var prices = app.MapGroup("/api/users/{user_id:guid}/prices").WithTags("Spending").RequireOwnUser();
        prices.MapGet("/", ListAsync).Produces<PriceList>();
        var own = prices.MapGroup("").RequireSelf();
        own.MapPost("/", SetAsync).Produces<PriceFound>();
        own.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>One price for each model: the person's own before everybody's before the published one. <c>q</c>, or <c>search</c>, is a part of a name.</summary>
    private static async Task<IResult> ListAsync(
        PriceOverrides prices,
        [FromRoute(Name = Users)] Guid userId,
        string? q,
        string? search,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadNumber(cursor, limit, MaxPage, usual: 100);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var (wanted, from) = (asked.Value.Limit, asked.Value.From ?? 0);
        var all = await prices.ListAsync(userId, q ?? search, ct);
        return TypedResults.Ok(
            new PriceList([.. all.Skip(from).Take(wanted)], from < all.Count - wanted ? Cursor.Of(from + wanted) : null)
        );
    }

    /// <summary>Sets a price, or changes the one set for the same model. With <c>for_everybody</c>, which superusers may, for the installation.</summary>
    private static async Task<IResult> SetAsync(
        PriceOverrides prices,
        [FromRoute(Name = Users)] Guid userId,
        PriceInput body,
        CancellationToken ct
    ) => (await prices.SetAsync(userId, body, ct)).ToResult(set => TypedResults.Ok(new PriceFound(set)));

    /// <summary>Takes a price back: what is published counts again.</summary>
    private static async Task<IResult> DeleteAsync(
        PriceOverrides prices,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await prices.DeleteAsync(userId, id, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record PriceList(IReadOnlyList<PricedModel> Prices, string? NextCursor);

    internal sealed record PriceFound(PricedModel Price);
}
