using Republic.Core.Llama.Memory;
using Republic.Core.PersonalModels.Catalog;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>A model file of which is asked whether it fits.</summary>
public sealed record FitSubject
{
    private FitSubject(string name, FitBasis basis, ModelShape shape) => (Name, Basis, Shape) = (name, basis, shape);

    /// <summary>As a row of a table would be called.</summary>
    public string Name { get; }

    public FitBasis Basis { get; }

    internal ModelShape Shape { get; }

    public static FitSubject Of(string name, HeaderFacts header) => new(name, FitBasis.Header, header.Shape);

    /// <summary>Until the header of the file was read.</summary>
    public static FitSubject Of(CatalogModel model, CatalogVariant variant) =>
        new(variant.Quantization, FitBasis.Catalog, model.Shape.With(variant.Bytes));
}
