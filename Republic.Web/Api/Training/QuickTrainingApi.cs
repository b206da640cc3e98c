using System.Text.Json;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Training;

/// <summary>Dataset, run and start in one call.</summary>
internal static class QuickTrainingApi
{
    public static void MapQuickTraining(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/training/start", StartAsync).WithTags("Training").Produces<Started>(StatusCodes.Status202Accepted);

    private static async Task<IResult> StartAsync(
        DatasetUpload upload,
        DatasetEditor datasets,
        TrainingEditor editor,
        TrainingControl control,
        CurrentPerson person,
        TimeProvider time,
        Order body,
        CancellationToken ct
    )
    {
        var name = $"Training of {time.GetUtcNow():yyyy-MM-dd HH:mm}";
        var dataset = body.DatasetId is { } known ? known : await DatasetAsync(upload, datasets, person.Id, name, body.TrainingData, ct);
        if (!dataset.Ok)
        {
            return dataset.Failure.ToProblem();
        }

        var type = body.TrainingType ?? TrainingType.LoraOnly.Name();
        var input = new TrainingInput(name, body.ReferenceMinionId, type, null, [dataset.Value], body.CollectionIds, body.Config);
        var made = await editor.CreateAsync(person.Id, input, ct);
        var started = made.Ok ? await control.StartAsync(person.Id, made.Value, ct) : made;
        if (!started.Ok)
        {
            // Whoever is refused knows of nothing that was made, and would not look for it. It goes even if they hang up meanwhile.
            if (made.Ok)
            {
                await editor.DeleteAsync(person.Id, made.Value, CancellationToken.None);
            }

            if (body.DatasetId is null)
            {
                await datasets.DeleteAsync(person.Id, dataset.Value, CancellationToken.None);
            }
        }

        return started.ToResult(id => TypedResults.Accepted($"/api/users/{person.Id}/external-training/jobs/{id}", new Started(true, id)));
    }

    private static async Task<Outcome<Guid>> DatasetAsync(
        DatasetUpload upload,
        DatasetEditor datasets,
        Guid owner,
        string name,
        JsonElement? rows,
        CancellationToken ct
    )
    {
        if (rows is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            return Failure.Invalid("training_data", "Give rows as training_data, a list of instructions and responses, or a dataset_id.");
        }

        var received = await upload.ReceiveRowsAsync(owner, list, ct);
        if (!received.Ok)
        {
            return received.Failure;
        }

        using var source = received.Value;
        return await datasets.CreateAsync(owner, new DatasetInput { Name = name }, source, ct);
    }

    internal sealed record Order(Guid? ReferenceMinionId, JsonElement? TrainingData, Guid? DatasetId, JsonElement? Config)
    {
        /// <summary>Null is lora_only.</summary>
        public string? TrainingType { get; init; }

        public IReadOnlyList<Guid>? CollectionIds { get; init; }
    }

    internal sealed record Started(bool Success, Guid JobId);
}
