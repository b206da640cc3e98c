using System.Globalization;
using Republic.Core.Llama.Gguf;

namespace Republic.Core.Lora.Adapters;

/// <summary>
/// Decides whether a LoRA adapter may be put on a model. llama.cpp checks some of it, and ends the process over the rest:
/// an alpha of another number type, ranks that differ, numbers stored in a way it cannot multiply.
/// </summary>
internal static class AdapterCheck
{
    private const string First = ".lora_a";
    private const string Second = ".lora_b";
    private const string MakeAnew = "Train the adapter on this model, or choose the model it was made for.";
    private static readonly string[] Multipliable = ["F32", "F16", "BF16", "Q8_0"];

    /// <exception cref="GgufException">The adapter may not be used on this base; the message says why.</exception>
    public static void Check(GgufFile adapter, GgufFile baseFile)
    {
        GgufCheck.CheckTensors(adapter);
        CheckHeader(adapter, baseFile);
        CheckPairs(adapter, baseFile);
    }

    /// <summary>Checks both files, and that the adapter was made for this very base.</summary>
    /// <exception cref="GgufException">The adapter may not be used on this base; the message says why.</exception>
    public static void CheckFiles(string adapterPath, string basePath)
    {
        GgufCheck.Check(basePath);
        Check(GgufReader.Read(adapterPath), GgufReader.Read(basePath));
        AdapterFile.Read(adapterPath).RefuseAnotherBase(GgufHash.Of(basePath), Path.GetFileName(basePath));
    }

    private static void CheckHeader(GgufFile adapter, GgufFile baseFile)
    {
        Require(adapter.Text("general.type") == "adapter", "The file is no adapter (general.type).", "Choose an adapter's file.");
        Require(
            adapter.Text("adapter.type") == "lora",
            "The file is no LoRA adapter (adapter.type); no other kind can be used.",
            "Choose a LoRA adapter."
        );
        Require(
            adapter.Values.GetValueOrDefault("adapter.lora.alpha") is null or (double and >= 0 and < 1e6),
            "adapter.lora.alpha is no sensible number of 32 bits.",
            GgufException.DownloadAgain
        );
        Require(
            !adapter.Values.ContainsKey("adapter.alora.invocation_tokens"),
            "The adapter is only to be switched on in mid-text (adapter.alora.invocation_tokens), which cannot be done here.",
            "Choose a plain LoRA adapter."
        );
        Require(
            adapter.Values.GetValueOrDefault(AdapterFile.BaseSha256Key) is null or string,
            $"{AdapterFile.BaseSha256Key} is no text.",
            GgufException.DownloadAgain
        );
        var (its, ours) = (adapter.Text("general.architecture"), baseFile.Text("general.architecture"));
        Require(its == ours, $"The adapter is for models of the architecture {its}, and this one is {ours}.", MakeAnew);
    }

    private static void CheckPairs(GgufFile adapter, GgufFile baseFile)
    {
        var weights = baseFile.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var parts = adapter.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var part in adapter.Tensors)
        {
            var (name, other) =
                part.Name.EndsWith(First, StringComparison.Ordinal) ? (part.Name[..^First.Length], Second)
                : part.Name.EndsWith(Second, StringComparison.Ordinal) ? (part.Name[..^Second.Length], First)
                : throw new GgufException($"The adapter holds {part.Name}, which is no half of a pair of LoRA matrices.");
            Require(parts.ContainsKey(name + other), $"{name}{other} is missing.", GgufException.DownloadAgain);
            Require(
                Multipliable.Contains(part.Type.Name),
                $"{part.Name} is stored as {part.Type.Name}; {string.Join(", ", Multipliable)} can be used.",
                "Convert the adapter."
            );
            if (other == Second)
            {
                CheckPair(name, part.Shape, parts[name + Second].Shape, weights.GetValueOrDefault(name)?.Shape);
            }
        }
    }

    private static void CheckPair(string name, IReadOnlyList<long> a, IReadOnlyList<long> b, IReadOnlyList<long>? weight)
    {
        Require(weight is not null, $"The adapter changes {name}, which this model does not have.", MakeAnew);
        Require(
            weight!.Count == 2 && name.EndsWith(".weight", StringComparison.Ordinal) && name != "token_embd.weight",
            $"The adapter changes {name}, which is not one of the matrices that LoRA can change here.",
            "Train it on the attention's and the feed-forward's matrices alone."
        );
        Require(
            a.Count == 2 && b.Count == 2 && a[0] == weight[0] && b[1] == weight[1] && a[1] == b[0],
            $"The adapter's {Text(a)} and {Text(b)} do not fit {name}, which is {Text(weight)}.",
            MakeAnew
        );
    }

    private static string Text(IReadOnlyList<long> shape) =>
        string.Join(" x ", shape.Select(length => length.ToString(CultureInfo.InvariantCulture)));

    private static void Require(bool fact, string otherwise, string advice)
    {
        if (!fact)
        {
            throw new GgufException(otherwise, advice);
        }
    }
}
