using Republic.Core.Llama.Memory;
using Republic.Core.PersonalModels.Catalog;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>A model file to be judged whether it fits into memory.</summary>
public sealed record FitSubject
{
    private FitSubject(string name, FitBasis basis, ModelShape shape) => (Name, Basis, Shape) = (name, basis, shape);

    /// <summary>The name of its row in a table.</summary>
    public string Name { get; }

    public FitBasis Basis { get; }

    internal ModelShape Shape { get; }

    public static FitSubject Of(string name, HeaderFacts header) => new(name, FitBasis.Header, header.Shape);

    /// <summary>A file of the catalogue whose header has not been read.</summary>
    public static FitSubject Of(CatalogModel model, CatalogVariant variant) =>
        new(variant.Quantization, FitBasis.Catalog, model.Shape.With(variant.Bytes));
}
