using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Listings;
using Republic.Web.Http;

namespace Republic.Web.Api;

/// <summary>The models of a provider, as its lists last told.</summary>
internal static class ProviderModelApi
{
    private const string Users = "user_id";
    private const int MaxPage = 500;

    public static void MapProviderModels(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup("/api/users/{user_id:guid}/providers/{provider}/models").WithTags("Providers").RequireOwnUser();
        models.MapGet("/", ListAsync).Produces<ModelPage>();
        models.MapPost("/refresh", RefreshAsync).Produces<ListsRead>();
    }

    private static async Task<IResult> ListAsync(
        ProviderModels models,
        [FromRoute(Name = Users)] Guid userId,
        string provider,
        string? q,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var from = 0;
        if (cursor is not null && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out from))
        {
            return Failure.Invalid("cursor", "This is not a cursor that was handed out. Begin without one.").ToProblem();
        }

        var wanted = Math.Clamp(limit ?? 100, 1, MaxPage);
        return (await models.FindAsync(userId, provider, q, ct)).ToResult(shelf =>
            TypedResults.Ok(
                new ModelPage(
                    [.. shelf.Models.Skip(from).Take(wanted).Select(model => new ModelRecord(model))],
                    [.. shelf.Lists.Select(list => new ListRecord(list))],
                    from + wanted < shelf.Models.Count ? (from + wanted).ToString(CultureInfo.InvariantCulture) : null
                )
            )
        );
    }

    /// <summary>Asks the provider now, with each key and at each server of the person's that are in use there.</summary>
    private static async Task<IResult> RefreshAsync(
        ModelSync sync,
        ProviderCatalog catalog,
        [FromRoute(Name = Users)] Guid userId,
        string provider,
        CancellationToken ct
    ) =>
        catalog.Find(provider) is null
            ? Failure.NotFound("provider").ToProblem()
            : TypedResults.Ok(new ListsRead([.. (await sync.RefreshAsync(userId, provider, ct)).Select(list => new ListRecord(list))]));

    internal sealed record ModelPage(IReadOnlyList<ModelRecord> Models, IReadOnlyList<ListRecord> Lists, string? NextCursor);

    internal sealed record ListsRead(IReadOnlyList<ListRecord> Lists);

    internal sealed record ListRecord(
        Guid Id,
        string? BaseUrl,
        Guid? KeyId,
        int Count,
        DateTimeOffset? ReadAt,
        DateTimeOffset TriedAt,
        string? Error
    )
    {
        public ListRecord(ProviderList list)
            : this(list.Id, list.BaseUrl, list.KeyId, list.Present.Count(), list.ReadAt, list.TriedAt, list.Error) { }
    }

    internal sealed record ModelRecord(
        string Id,
        string? BaseUrl,
        int? ContextLength,
        ListedPrice? Price,
        DateOnly? EndsOn,
        string? Replacement,
        DateTimeOffset? NewSince,
        DateTimeOffset? GoneSince,
        IReadOnlyList<ShelfUser> UsedBy
    )
    {
        public ModelRecord(ShelfModel model)
            : this(
                model.Model.Id,
                model.List.BaseUrl,
                model.Model.ContextLength,
                model.Model.Price,
                model.End?.On,
                model.End?.Replacement,
                model.Known.NewSince,
                model.Known.GoneSince,
                model.UsedBy
            ) { }
    }
}
