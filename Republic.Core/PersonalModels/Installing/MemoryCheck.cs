using Republic.Core.PersonalModels.Fitting;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Refuses a model that does not fit into memory, unless its owner chose to load it anyway.</summary>
internal sealed class MemoryCheck(ModelFits fits)
{
    /// <returns>Null where the installation may continue; else the failure to show.</returns>
    public async Task<StageResult?> RefusalAsync(PersonalModel model, HeaderFacts facts, CancellationToken ct)
    {
        if (model.LoadAnyway)
        {
            return null;
        }

        var report = fits.Fit(await fits.MemoryAsync(ct), FitSubject.Of(model.Name, facts), fits.SettingsFor(model.ContextLength));
        return report.Verdict == FitReport.DoesNotFit
            ? StageResult
                .Failed($"{report.Reason} You can load it anyway, at the risk that the system ends it for lack of memory.")
                .Changing(row => row.Facts = FactsOf(facts))
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
