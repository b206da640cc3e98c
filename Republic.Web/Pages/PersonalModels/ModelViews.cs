using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Managing;
using Republic.Core.PersonalModels.Serving;
using Republic.Core.Training.Versions;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>Reads everything that the page of a model shows.</summary>
public sealed class ModelViews(
    PersonalModelCards cards,
    ModelVerdicts verdicts,
    ModelFits fits,
    ModelVersions versions,
    ModelDependents dependents,
    ServedModels served
)
{
    /// <param name="variant">The chosen row of the table of verdicts; null for that of the model.</param>
    /// <param name="context">The chosen context in tokens; null for that of the model.</param>
    public async Task<Outcome<ModelView>> FindAsync(Guid owner, Guid id, string? variant, int? context, CancellationToken ct)
    {
        var found = await cards.FindAsync(owner, id, ct);
        var depends = found.Ok ? await dependents.OfAsync(owner, id, ct) : found.Failure;
        if (!depends.Ok)
        {
            return depends.Failure;
        }

        var card = found.Value!;
        var state = card.IsUsable ? await served.NowAsync(owner, ct) : null;
        var source = card.QuantizedFrom is { } from ? await cards.FindAsync(owner, from, ct) : (Outcome<PersonalModelCard>?)null;
        return new ModelView(card)
        {
            Fit = await verdicts.OfAsync(card, ct),
            Matrix = await verdicts.MatrixAsync(card, ct) is { } matrix
                ? new MatrixView(
                    matrix,
                    await fits.MemoryAsync(ct),
                    $"/personal-models/{id}",
                    new Dictionary<string, string>(),
                    variant ?? card.Variant,
                    context ?? card.ContextLength
                )
                : null,
            Versions = (await versions.ListAsync(owner, id, ct)).Value ?? [],
            Dependents = depends.Value,
            Served = state?.Models.FirstOrDefault(model => model.PersonalModelId == id),
            Waiting = state?.Waiting.FirstOrDefault(wait => wait.PersonalModelId == id),
            Source = source?.Value?.CustomName,
        };
    }
}
