using Republic.Core.Llama.Native;

namespace Republic.Tests.Unit.Lora;

/// <summary>Has llama.cpp write a model again, in another of its types.</summary>
internal static unsafe class QuantizedModel
{
    /// <summary>llama.h's llama_ftype.</summary>
    private static readonly Dictionary<string, int> Types = new(StringComparer.Ordinal)
    {
        ["F16"] = 1,
        ["Q4_0"] = 2,
        ["Q4_1"] = 3,
        ["Q8_0"] = 7,
        ["Q5_0"] = 8,
        ["Q5_1"] = 9,
        ["Q2_K"] = 10,
        ["Q3_K_M"] = 12,
        ["Q4_K_M"] = 15,
        ["Q5_K_M"] = 17,
        ["Q6_K"] = 18,
        ["IQ4_NL"] = 25,
        ["IQ4_XS"] = 30,
        ["BF16"] = 32,
    };

    public static string Write(string path, string type)
    {
        LlamaRuntime.EnsureStarted();
        var target = Path.ChangeExtension(path, type + ".gguf");
        var parameters = LlamaApi.llama_model_quantize_default_params() with { ftype = Types[type], nthread = 1 };
        Assert.Equal(0u, LlamaApi.llama_model_quantize(path, target, &parameters));
        return target;
    }
}
