using Microsoft.AspNetCore.Mvc;
using Republic.Core.Providers.Prices;
using Republic.Web.Http;

namespace Republic.Web.Api;

internal static class PriceApi
{
    private const string Users = "user_id";

    public static void MapPrices(this IEndpointRouteBuilder app)
    {
        var prices = app.MapGroup("/api/users/{user_id:guid}/prices").WithTags("Spending").RequireOwnUser();
        prices.MapGet("/", ListAsync).Produces<PriceList>();
        prices.MapPost("/", SetAsync).Produces<PriceFound>();
        prices.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>One price for each model: the person's own before everybody's before the published one.</summary>
    private static async Task<IResult> ListAsync(
        PriceOverrides prices,
        [FromRoute(Name = Users)] Guid userId,
        string? search,
        CancellationToken ct
    ) => TypedResults.Ok(new PriceList(await prices.ListAsync(userId, search, ct), null));

    /// <summary>Sets a price, or changes the one set for the same model. With <c>for_everybody</c>, which superusers may, for the installation.</summary>
    private static async Task<IResult> SetAsync(
        PriceOverrides prices,
        CurrentPerson asking,
        [FromRoute(Name = Users)] Guid userId,
        PriceInput body,
        CancellationToken ct
    ) => (await prices.SetAsync(userId, asking.IsSuperuser, body, ct)).ToResult(set => TypedResults.Ok(new PriceFound(set)));

    /// <summary>Takes a price back: what is published counts again.</summary>
    private static async Task<IResult> DeleteAsync(
        PriceOverrides prices,
        CurrentPerson asking,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await prices.DeleteAsync(userId, asking.IsSuperuser, id, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record PriceList(IReadOnlyList<PricedModel> Prices, string? NextCursor);

    internal sealed record PriceFound(PricedModel Price);
}
