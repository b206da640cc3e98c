using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Fitting;
using Republic.Web.Pages.PersonalModels;

namespace Republic.Tests.Unit.Pages.PersonalModels;

public sealed class CatalogResultsTests
{
    private static readonly CatalogModel[] Models =
    [
        .. new ModelCatalog().Models.Where(model => model.Variant("Q4_K_M") is not null).Take(2),
    ];

    [Fact]
    public void Models_that_fit_come_first()
    {
        var results = new CatalogResults(null!, [Row(Models[0], fits: 0), Row(Models[1], fits: 1)], [], Words: null, Use: null);

        Assert.Equal([Models[1], Models[0]], results.Shown.Select(row => row.Model));
    }

    [Fact]
    public void The_usual_file_is_selected_where_it_fits_and_else_the_largest_that_does()
    {
        var usual = Models[0].Variant("Q4_K_M")!;
        var model = Models[0] with { Variants = [usual with { Quantization = "Q2_K" }, usual with { Quantization = "Q3_K_M" }, usual] };

        Assert.Equal("Q4_K_M", Row(model, fits: 3).Proposed.Variant.Quantization);
        Assert.Equal("Q3_K_M", Row(model, fits: 2).Proposed.Variant.Quantization);
        Assert.Equal("Q4_K_M", Row(model, fits: 0).Proposed.Variant.Quantization);
    }

    /// <param name="fits">How many of the files, from the smallest on.</param>
    private static CatalogRow Row(CatalogModel model, int fits) =>
        new(
            model,
            [.. model.Variants.Select((variant, i) => new VariantFit(variant, Report(i < fits ? "fits_ram" : FitReport.DoesNotFit)))],
            Mine: null
        );

    private static FitReport Report(string verdict) =>
        new(verdict, "", new FitEstimate(0, 0, 0, 0, 0), Free: 0, Margin: 0)
        {
            Basis = FitBasis.Catalog,
            Context = 0,
            Sequences = 1,
        };
}
