using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>What the header of a model file says that people want to know.</summary>
public sealed record HeaderFacts
{
    private const int LongestName = 200;

    /// <summary>llama.h's llama_pooling_type of models that compare two texts.</summary>
    private const int RankPooling = 4;

    /// <summary>llama.h's llama_ftype.</summary>
    private static readonly Dictionary<long, string> Quantizations = new()
    {
        [0] = "F32",
        [1] = "F16",
        [2] = "Q4_0",
        [3] = "Q4_1",
        [7] = "Q8_0",
        [8] = "Q5_0",
        [9] = "Q5_1",
        [10] = "Q2_K",
        [11] = "Q3_K_S",
        [12] = "Q3_K_M",
        [13] = "Q3_K_L",
        [14] = "Q4_K_S",
        [15] = "Q4_K_M",
        [16] = "Q5_K_S",
        [17] = "Q5_K_M",
        [18] = "Q6_K",
        [19] = "IQ2_XXS",
        [20] = "IQ2_XS",
        [21] = "Q2_K_S",
        [22] = "IQ3_XS",
        [23] = "IQ3_XXS",
        [24] = "IQ1_S",
        [25] = "IQ4_NL",
        [26] = "IQ3_S",
        [27] = "IQ3_M",
        [28] = "IQ2_S",
        [29] = "IQ2_M",
        [30] = "IQ4_XS",
        [31] = "IQ1_M",
        [32] = "BF16",
        [36] = "TQ1_0",
        [37] = "TQ2_0",
        [38] = "MXFP4",
    };

    private HeaderFacts(ModelShape shape) => Shape = shape;

    /// <summary>As the file calls itself; null where it does not.</summary>
    public string? Name { get; private init; }

    public string? Licence { get; private init; }

    /// <summary>E.g. <c>Q4_K_M</c>; null where the header does not say.</summary>
    public string? Quantization { get; private init; }

    /// <summary>It was made for embeddings, and answers nobody.</summary>
    public bool MakesVectors { get; private init; }

    public string Architecture => Shape.Architecture;

    /// <summary>Tokens that it was trained to read at a time.</summary>
    public int ContextLength => Shape.ContextLength;

    public int Layers => Shape.Layers.Count;

    /// <summary>The most attention heads of a layer.</summary>
    public int Heads => Shape.Heads;

    /// <summary>The most heads of a layer that have keys and values of their own.</summary>
    public int HeadsOfKeys => Shape.Layers.Max(layer => layer.HeadsOfKeys);

    /// <summary>Tokens that it tells apart.</summary>
    public long Vocabulary => Shape.Vocabulary;

    internal ModelShape Shape { get; }

    /// <exception cref="GgufException">The header is of no model that can be loaded; the message says why.</exception>
    internal static HeaderFacts Of(GgufFile header) =>
        new(ModelShape.Of(header))
        {
            Name = Line(header.Text("general.name")),
            MakesVectors = header.Number($"{header.Text("general.architecture")}.pooling_type") is > 0 and < RankPooling,
            Licence = Line(header.Text("general.license")),
            Quantization = header.Number("general.file_type") is { } type ? Quantizations.GetValueOrDefault(type) : null,
        };

    /// <summary>One line of what a stranger wrote.</summary>
    private static string? Line(string? text)
    {
        var line = string.Concat((text ?? "").Where(letter => !char.IsControl(letter)).Take(LongestName)).Trim();
        return line.Length > 0 ? line : null;
    }
}
