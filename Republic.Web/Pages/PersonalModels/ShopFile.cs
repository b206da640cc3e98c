using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>One file of a model of the catalogue, and whether it fits.</summary>
public sealed record ShopFile(CatalogVariant Variant, FitReport Fit)
{
    public FitWords Words => FitWords.Of(Fit);
}
