using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>A model of the catalogue with the verdicts of its files.</summary>
/// <param name="Mine">The person's own model of this id, ready or not; null where there is none.</param>
public sealed record CatalogRow(CatalogModel Model, IReadOnlyList<VariantFit> Files, PersonalModelCard? Mine)
{
    private const string Usual = "Q4_K_M";

    /// <summary>The file that is selected at first.</summary>
    public VariantFit Proposed => Files.FirstOrDefault(file => file.Variant.Quantization == Usual) ?? Files[0];
}
