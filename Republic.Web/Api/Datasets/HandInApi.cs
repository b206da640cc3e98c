using Microsoft.AspNetCore.Mvc;
using Republic.Core.Datasets;
using Republic.Core.Tasks.HandIns;

namespace Republic.Web.Api.Datasets;

/// <summary>Datasets that are made of good hand-ins.</summary>
internal static class HandInApi
{
    public static void MapHandIns(this IEndpointRouteBuilder datasets) =>
        datasets.MapPost("/from-tasks", MakeAsync).Produces<DatasetApi.DatasetFound>(StatusCodes.Status201Created);

    /// <summary>Of the last hand-in of each task that is done: the task is the question, the result the answer.</summary>
    private static async Task<IResult> MakeAsync(
        HandInDataset handIns,
        DatasetCards cards,
        [FromRoute(Name = "user_id")] Guid userId,
        HandInChoice body,
        CancellationToken ct
    ) => await DatasetApi.MadeAsync(await handIns.MakeAsync(userId, body, ct), cards, userId, ct);
}
