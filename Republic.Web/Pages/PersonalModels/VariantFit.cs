using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>One file of a model of the catalogue, with the verdict whether it fits.</summary>
public sealed record VariantFit(CatalogVariant Variant, FitReport Report)
{
    public FitLabel Label => FitLabel.Of(Report);

    public bool Fits => Label.Level == "yes";
}
