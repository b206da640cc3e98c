using Republic.Core.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The facts in the header of a model file that are shown to people.</summary>
public sealed record HeaderFacts
{
    private const int LongestName = 200;

    /// <summary>The llama_pooling_type of llama.h for rerankers, which compare two texts.</summary>
    private const int RankPooling = 4;

    /// <summary>The names of quantizations by the llama_ftype of llama.h.</summary>
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

    /// <summary>The name in the header; null where there is none.</summary>
    public string? Name { get; private init; }

    public string? Licence { get; private init; }

    /// <summary>The quantization, such as <c>Q4_K_M</c>; null where neither the header nor its tensors tell it.</summary>
    public string? Quantization { get; private init; }

    /// <summary>True for an embedding model, which writes no answers.</summary>
    public bool MakesVectors { get; private init; }

    public string Architecture => Shape.Architecture;

    /// <summary>The longest context that it was trained with, in tokens.</summary>
    public int ContextLength => Shape.ContextLength;

    public int Layers => Shape.Layers.Count;

    /// <summary>The largest number of attention heads in a layer.</summary>
    public int Heads => Shape.Heads;

    /// <summary>The largest number of key-value heads in a layer.</summary>
    public int HeadsOfKeys => Shape.Layers.Max(layer => layer.HeadsOfKeys);

    /// <summary>The number of tokens in its vocabulary.</summary>
    public long Vocabulary => Shape.Vocabulary;

    internal ModelShape Shape { get; }

    /// <exception cref="GgufException">The header does not describe a model that can be loaded; the message says why.</exception>
    internal static HeaderFacts Of(GgufFile header) =>
        new(ModelShape.Of(header))
        {
            Name = Line(header.Text("general.name")),
            MakesVectors = header.Number($"{header.Text("general.architecture")}.pooling_type") is > 0 and < RankPooling,
            Licence = Line(header.Text("general.license")),
            Quantization = header.Number("general.file_type") is { } type ? Quantizations.GetValueOrDefault(type) : Unquantized(header),
        };

    /// <summary>The type of the largest matrix, of a model whose weights all have 16 or 32 bits; null for any other.</summary>
    private static string? Unquantized(GgufFile header) =>
        header.Tensors.All(tensor => tensor.Type.Name is "F32" or "F16" or "BF16")
            ? header.Tensors.MaxBy(tensor => tensor.Bytes)?.Type.Name
            : null;

    /// <summary>The text of a header, which may hold anything, as one line of at most 200 characters; null where nothing is left.</summary>
    private static string? Line(string? text)
    {
        var line = string.Concat((text ?? "").Where(letter => !FileNames.Disturbs(letter)).Take(LongestName)).Trim();
        return line.Length > 0 ? line : null;
    }
}
