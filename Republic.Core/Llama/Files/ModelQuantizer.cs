using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Native;

namespace Republic.Core.Llama.Files;

/// <summary>Has llama.cpp write a model once more with fewer bits a weight, so that it takes less memory.</summary>
public static class ModelQuantizer
{
    /// <summary>The types of a copy, with their numbers in llama.h's llama_ftype: about half, and about a third, of what F16 takes.</summary>
    private static readonly (string Name, int Number)[] Known = [("Q8_0", 7), ("Q4_K_M", 15)];

    public static IReadOnlyList<string> Types { get; } = [.. Known.Select(type => type.Name)];

    /// <summary>Null for a type that can be made; else which can.</summary>
    public static string? Problem(string type) =>
        Types.Contains(type) ? null : $"A copy cannot be made in {type}. Choose {string.Join(" or ", Types)}.";

    /// <summary>The copy lies beside its model, with the type in its name.</summary>
    public static string PathOf(string model, string type) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, $"{Path.GetFileNameWithoutExtension(model)}-{type}.gguf");

    /// <summary>The copy appears whole or not at all.</summary>
    /// <param name="source">A model whose weights are stored in 16 or 32 bits.</param>
    /// <exception cref="GgufException">The source may not be used, or holds fewer bits already.</exception>
    /// <exception cref="IOException">The copy is there already, or cannot be written.</exception>
    public static void Run(string source, string copy, string type, int threads)
    {
        GgufCheck.Check(source);
        if (StoredIn(source) is { } stored)
        {
            throw new GgufException(
                $"{Path.GetFileName(source)} is stored in {stored} already.",
                "Make the copy from a file with 16 or 32 bits a weight."
            );
        }

        if (File.Exists(copy))
        {
            throw new IOException($"{copy} is there already. Use it, or delete it first.");
        }

        LlamaRuntime.EnsureStarted();
        var unfinished = copy + AtomicFile.Unfinished;
        try
        {
            Write(source, unfinished, Known.First(known => known.Name == type).Number, threads);
            GgufCheck.Check(unfinished);
            File.Move(unfinished, copy);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>The type with which a model was made smaller already; null where it was not.</summary>
    public static string? StoredIn(string model) =>
        GgufReader.Read(model).Tensors.Select(tensor => tensor.Type.Name).FirstOrDefault(name => name is not ("F32" or "F16" or "BF16"));

    private static unsafe void Write(string source, string target, int type, int threads)
    {
        var parameters = LlamaApi.llama_model_quantize_default_params() with { ftype = type, nthread = threads };
        if (LlamaApi.llama_model_quantize(source, target, &parameters) != 0)
        {
            throw new IOException($"llama.cpp could not write {target}. The disk may be full, or the model of a kind that it cannot copy.");
        }
    }
}
