using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>A model of the catalogue with what is known of its files here.</summary>
/// <param name="Mine">The person's own, where they have it or it is on its way.</param>
public sealed record ShopRow(CatalogModel Model, IReadOnlyList<ShopFile> Files, PersonalModelCard? Mine)
{
    private const string Usual = "Q4_K_M";

    /// <summary>The file that is proposed.</summary>
    public ShopFile Proposed => Files.FirstOrDefault(file => file.Variant.Quantization == Usual) ?? Files[0];
}
