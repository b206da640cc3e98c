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

    /// <summary>What was measured when the file was loaded here; null where it never was.</summary>
    internal MeasuredModel? Measured { get; init; }

    public static FitSubject Of(string name, HeaderFacts header) => new(name, FitBasis.Header, header.Shape);

    /// <summary>A file of the catalogue whose header has not been read.</summary>
    public static FitSubject Of(CatalogModel model, CatalogVariant variant) =>
        new(variant.Quantization, FitBasis.Catalog, model.Shape.With(variant.Bytes));

    /// <summary>The plan with the measured memory, where the file was loaded with the settings of the plan.</summary>
    internal ContextPlan WithMeasured(ContextPlan plan) =>
        Measured is { } measured && (measured.ContextLength, measured.Sequences) == (plan.ContextLength, plan.Settings.Sequences)
            ? plan with
            {
                MeasuredBytes = measured.RamBytes,
            }
            : plan;
}
