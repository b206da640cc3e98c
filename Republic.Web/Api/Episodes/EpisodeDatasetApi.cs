using Republic.Core.Episodes.Rows;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Episodes;

/// <summary>Datasets that are made of what a role knew and said in an episode.</summary>
internal static class EpisodeDatasetApi
{
    public static void MapEpisodeDatasets(this IEndpointRouteBuilder episodes) =>
        episodes.MapPost("/{id:guid}/dataset", MakeAsync).Produces<EpisodeDatasetMade>(StatusCodes.Status201Created);

    /// <summary>Of the completed steps of a role, each a row, once the episode is over.</summary>
    /// <param name="timeline">One of its timelines; without, the one that is shown.</param>
    private static async Task<IResult> MakeAsync(
        EpisodeDataset datasets,
        CurrentPerson me,
        Guid id,
        Guid? timeline,
        EpisodeDatasetInput? body,
        CancellationToken ct
    ) =>
        (await datasets.MakeAsync(me.Id, id, timeline, body ?? new EpisodeDatasetInput(null, null), ct)).ToResult(made =>
            TypedResults.Created($"/api/users/{me.Id}/training-datasets/{made}", new EpisodeDatasetMade(made))
        );

    internal sealed record EpisodeDatasetMade(Guid DatasetId);
}
