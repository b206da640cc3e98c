using Republic.Core.PersonalModels.Fitting;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Says no to a model that would not fit into memory, unless its person wants it all the same.</summary>
internal sealed class MemoryVerdict(ModelFits fits)
{
    /// <returns>Null where it may go on.</returns>
    public async Task<StageResult?> RefusalAsync(PersonalModel model, HeaderFacts facts, CancellationToken ct)
    {
        if (model.LoadAnyway)
        {
            return null;
        }

        var report = fits.Fit(await fits.MemoryAsync(ct), FitSubject.Of(model.Name, facts));
        return report.Verdict == FitReport.DoesNotFit
            ? StageResult.Failed($"{report.Reason} It can be loaded anyway, at the risk that it is ended.")
            : null;
    }

    public static ModelFacts FactsOf(HeaderFacts header) =>
        new(
            header.Architecture,
            header.Layers,
            header.ContextLength,
            header.Heads,
            header.HeadsOfKeys,
            header.Vocabulary,
            header.Licence,
            header.MakesVectors
        );
}
