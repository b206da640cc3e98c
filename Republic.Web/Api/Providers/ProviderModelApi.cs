using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Listings;
using Republic.Core.Providers.Prices;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Providers;

/// <summary>The models of a provider, as its lists last told.</summary>
internal static class ProviderModelApi
{
    private const string Users = "user_id";
    private const int MaxPage = 500;

    public static void MapProviderModels(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup("/api/users/{user_id:guid}/providers/{provider}/models").WithTags("Providers").RequireOwnUser();
        models.MapGet("/", ListAsync).Produces<ModelPage>();
        models.MapPost("/refresh", RefreshAsync).RequireSelf().Produces<ListsRead>();
    }

    private static async Task<IResult> ListAsync(
        ProviderModels models,
        [FromRoute(Name = Users)] Guid userId,
        string provider,
        string? q,
        Guid? list,
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
        return (await models.FindAsync(userId, provider, q, list, ct)).ToResult(shelf =>
            TypedResults.Ok(
                new ModelPage(
                    [.. shelf.Models.Skip(from).Take(wanted).Select(model => new ModelRecord(model))],
                    [.. shelf.Lists.Select(each => new ListRecord(each.List) { Label = each.Label })],
                    from < shelf.Models.Count - wanted ? Cursor.Of(from + wanted) : null
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

        /// <summary>Whose list it is, for people; null in the answer to a refresh.</summary>
        public string? Label { get; init; }
    }

    /// <param name="Price">As the provider's list names it.</param>
    /// <param name="Counted">What a call is counted with: a price that was set, else the list's, else the published one.</param>
    /// <param name="Lists">The ids of the lists that it stands in.</param>
    /// <param name="NamedBy">Scenarios with a role that names it.</param>
    internal sealed record ModelRecord(
        string Id,
        string? BaseUrl,
        IReadOnlyList<Guid> Lists,
        int? ContextLength,
        ListedPrice? Price,
        CountedPrice? Counted,
        DateOnly? EndsOn,
        string? Replacement,
        DateTimeOffset? NewSince,
        DateTimeOffset? GoneSince,
        IReadOnlyList<ShelfUser> UsedBy,
        IReadOnlyList<ShelfScenario> NamedBy
    )
    {
        public ModelRecord(ShelfModel model)
            : this(
                model.Model.Id,
                model.BaseUrl,
                [.. model.Lists.Select(list => list.List.Id)],
                model.Model.ContextLength,
                model.Model.Price,
                model.Price is { } counted ? new CountedPrice(counted) : null,
                model.End?.On,
                model.End?.Replacement,
                model.Known.NewSince,
                model.Known.GoneSince,
                model.UsedBy,
                model.NamedBy
            ) { }
    }

    /// <summary>In US dollars for a million tokens.</summary>
    internal sealed record CountedPrice(decimal Input, decimal Output, decimal? CachedInput, PriceSource Source, DateOnly? AsOf)
    {
        public CountedPrice(KnownPrice known)
            : this(
                known.Price.Input,
                known.Price.Output,
                known.Price.CachedInput,
                known.Source,
                known.Source == PriceSource.Local ? null : known.AsOf
            ) { }
    }
}
