using Republic.Core.Data;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>Searches the catalogue, and adds to each model its verdicts and the person's own copy.</summary>
public sealed class CatalogSearch(ModelCatalog catalog, ModelVerdicts verdicts, ModelFits fits)
{
    /// <param name="mine">The person's models.</param>
    /// <param name="words">Words that must all occur in a model's texts; null or empty for every model.</param>
    /// <param name="use">The filter of <see cref="CatalogResults.Use"/>.</param>
    public async Task<CatalogResults> SearchAsync(IReadOnlyList<PersonalModelCard> mine, string? words, string? use, CancellationToken ct)
    {
        var memory = await fits.MemoryAsync(ct);
        List<CatalogRow> all =
        [
            .. catalog
                .Models.Where(model => Has(model, words))
                .Select(model => new CatalogRow(
                    model,
                    [.. model.Variants.Select(variant => new VariantFit(variant, fits.Fit(memory, verdicts.SubjectOf(model, variant))))],
                    mine.FirstOrDefault(card => card.ModelId == model.ModelId)
                )),
        ];
        IReadOnlyList<string> tags = [.. catalog.Models.SelectMany(model => model.Tags).Distinct(StringComparer.Ordinal)];
        return new CatalogResults(memory, all, tags, words, use);
    }

    private static bool Has(CatalogModel model, string? words) =>
        SearchWords.Of(words).All(word => Texts(model).Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Texts(CatalogModel model) =>
        [
            model.Name,
            model.FullName,
            model.ModelId,
            model.Repository,
            model.Licence,
            model.Specialty ?? "",
            .. model.UseCases,
            .. model.Tags,
        ];
}
