using System.Collections.Concurrent;
using Republic.Core.Llama.Gguf;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels;

/// <summary>
/// Judges whether a person's model fits into memory, by the best known data: its file, its header at the source, or the catalogue.
/// </summary>
public sealed class ModelVerdicts(ModelFits fits, RemoteHeaders headers, ModelFiles files, ModelCatalog catalog)
{
    private const int MaxCached = 500;

    private readonly ConcurrentDictionary<string, HeaderFacts> known = new(StringComparer.Ordinal);

    /// <summary>The verdict with the model's context, or that of the model host; null where nothing is known of the model yet.</summary>
    public async Task<FitReport?> OfAsync(PersonalModelCard card, CancellationToken ct) =>
        SubjectOf(card) is { } subject ? fits.Fit(await fits.MemoryAsync(ct), subject, fits.SettingsFor(card.ContextLength)) : null;

    /// <summary>Models that are here, each with its verdict; the memory is read once for all of them.</summary>
    internal async Task<IReadOnlyList<LocalModel>> JudgedAsync(IReadOnlyList<LocalModel> models, CancellationToken ct)
    {
        var memory = await fits.MemoryAsync(ct);
        return [.. models.Select(model => model with { Fit = SubjectOf(model) is { } subject ? Fit(model, subject) : null })];

        FitReport Fit(LocalModel model, FitSubject subject) =>
            fits.Fit(memory, subject, model.ContextLength is { } context ? fits.Settings with { Context = context } : null);
    }

    /// <summary>True where it is the free memory that keeps a model from being loaded, as far as that is known.</summary>
    public static bool IsTooLarge(PersonalModelCard card, FitReport? fit) =>
        card.Facts is not null && (fit is null || fit.Verdict == FitReport.DoesNotFit);

    /// <summary>
    /// The verdicts for contexts of different lengths: of each file that the catalogue has of the model, or of this one alone; null where
    /// nothing is known.
    /// </summary>
    public async Task<FitMatrix?> MatrixAsync(PersonalModelCard card, CancellationToken ct)
    {
        var own = SubjectOf(card);
        var model = catalog.Find(card.ModelId);
        List<FitSubject> subjects = model is null
            ? []
            :
            [
                .. model.Variants.Select(variant =>
                    variant.Quantization == card.Variant && own is not null ? own : SubjectOf(model, variant)
                ),
            ];
        return subjects.Count > 0 ? fits.Matrix(await fits.MemoryAsync(ct), subjects)
            : own is not null ? fits.Matrix(await fits.MemoryAsync(ct), [own])
            : null;
    }

    /// <summary>A file of the catalogue, with its header where that was read within the last hour.</summary>
    public FitSubject SubjectOf(CatalogModel model, CatalogVariant variant) =>
        headers.Known(variant.Url) is { } header ? FitSubject.Of(variant.Quantization, header.Facts) : FitSubject.Of(model, variant);

    private FitSubject? SubjectOf(PersonalModelCard card)
    {
        var name = card.Variant ?? card.CustomName;
        if (card.LocalPath is not null && card.Sha256 is { } digest && FactsOf(digest) is { } installed)
        {
            return FitSubject.Of(name, installed) with { Measured = card.Measured };
        }

        if (card.SourceUrl is { } url && headers.Known(new Uri(url)) is { } header)
        {
            return FitSubject.Of(name, header.Facts);
        }

        return catalog.Find(card.ModelId) is { } model && card.Variant is { } quantization && model.Variant(quantization) is { } variant
            ? FitSubject.Of(model, variant)
            : null;
    }

    private FitSubject? SubjectOf(LocalModel model)
    {
        var facts =
            model.Sha256 is { } digest ? FactsOf(digest)
            : model.File is { } file ? FactsOf($"{file.Path} {file.Bytes} {file.ChangedUtc.Ticks}", file.Path)
            : null;
        return facts is null ? null : FitSubject.Of(model.Name, facts) with { Measured = model.Measured };
    }

    private HeaderFacts? FactsOf(string sha256) => FactsOf(sha256, files.PathOf(sha256));

    /// <param name="key">What a file with other content does not have.</param>
    private HeaderFacts? FactsOf(string key, string path)
    {
        if (known.TryGetValue(key, out var facts))
        {
            return facts;
        }

        try
        {
            facts = HeaderFacts.Of(GgufReader.Read(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or GgufException)
        {
            // The file is being deleted, or cannot be read; the catalogue may know the model.
            return null;
        }

        if (known.Count >= MaxCached)
        {
            known.Clear();
        }

        return known[key] = facts;
    }
}
