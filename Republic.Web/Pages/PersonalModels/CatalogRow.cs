using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>A model of the catalogue with the verdicts of its files.</summary>
/// <param name="Mine">The person's own model of this id, ready or not; null where there is none.</param>
public sealed record CatalogRow(CatalogModel Model, IReadOnlyList<VariantFit> Files, PersonalModelCard? Mine)
{
    private const string Usual = "Q4_K_M";

    public bool Fits => Files.Any(file => file.Fits);

    /// <summary>The file that is selected at first: the usual one; where it does not fit, the largest that does.</summary>
    public VariantFit Proposed
    {
        get
        {
            var usual = Files.FirstOrDefault(file => file.Variant.Quantization == Usual) ?? Files[0];
            return usual.Fits ? usual : Files.LastOrDefault(file => file.Fits) ?? usual;
        }
    }
}
