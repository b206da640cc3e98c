using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>Looks through the catalogue for a person.</summary>
public sealed class ModelShop(ModelCatalog catalog, ModelVerdicts verdicts, ModelFits fits)
{
    public async Task<ShopView> ViewAsync(IReadOnlyList<PersonalModelCard> mine, string? words, string? use, CancellationToken ct)
    {
        var memory = await fits.MemoryAsync(ct);
        List<ShopRow> all =
        [
            .. catalog
                .Models.Where(model => Has(model, words))
                .Select(model => new ShopRow(
                    model,
                    [.. model.Variants.Select(variant => new ShopFile(variant, fits.Fit(memory, verdicts.SubjectOf(model, variant))))],
                    mine.FirstOrDefault(card => card.ModelId == model.ModelId)
                )),
        ];
        IReadOnlyList<string> tags = [.. catalog.Models.SelectMany(model => model.Tags).Distinct(StringComparer.Ordinal)];
        return new ShopView(memory, all, tags, words, use);
    }

    private static bool Has(CatalogModel model, string? words) =>
        (words ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .All(word => Texts(model).Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

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
