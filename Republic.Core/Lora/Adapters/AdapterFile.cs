using Republic.Core.Llama.Gguf;

namespace Republic.Core.Lora.Adapters;

/// <summary>
/// A LoRA adapter as a GGUF file, as llama.cpp reads it (src/llama-adapter.cpp): for each changed weight W [in, out] the
/// tensors <c>W.lora_a</c> [in, rank] and <c>W.lora_b</c> [rank, out], so that y = W·x + alpha / rank · B·(A·x). Beside the
/// keys that llama.cpp knows stand ours, which bind the adapter to its base. The same input gives the same bytes.
/// </summary>
internal static class AdapterFile
{
    public const string BaseSha256Key = "republic.base.sha256";
    private const string Training = "republic.training.";
    private const string BaseNameKey = "general.base_model.0.name";

    public static void Write(string path, AdapterFacts facts, IReadOnlyList<AdapterTensor> tensors)
    {
        var writer = new GgufWriter();
        writer.Set("general.type", "adapter");
        writer.Set("general.architecture", facts.Architecture);
        writer.Set("general.name", facts.Name);
        writer.Set("general.base_model.count", 1u);
        writer.Set(BaseNameKey, facts.BaseName);
        writer.Set("adapter.type", "lora");
        writer.Set("adapter.lora.alpha", facts.Alpha);
        writer.Set(BaseSha256Key, facts.BaseSha256);
        writer.Set(Training + "rank", (uint)facts.Rank);
        writer.Set(Training + "modules", string.Join(' ', facts.Modules));
        writer.Set(Training + "steps", (uint)facts.Steps);
        writer.Set(Training + "strength", facts.Strength);
        foreach (var (key, loss) in new[] { ("loss_before", facts.LossBefore), ("loss_after", facts.LossAfter) })
        {
            if (loss is { } known)
            {
                writer.Set(Training + key, known);
            }
        }

        foreach (var tensor in tensors)
        {
            writer.Add(tensor.Name, tensor.Values, tensor.Inputs, tensor.Outputs);
        }

        writer.Save(path);
    }

    /// <exception cref="GgufException">The file is no LoRA adapter.</exception>
    public static AdapterFacts Read(string path)
    {
        var file = GgufReader.Read(path);
        if (file.Text("general.type") != "adapter" || file.Text("adapter.type") != "lora")
        {
            throw new GgufException("The file is no LoRA adapter.", "Choose a GGUF file that was made by training.");
        }

        return new AdapterFacts(
            file.Text("general.architecture") ?? "",
            file.Text("general.name") ?? Path.GetFileNameWithoutExtension(path),
            file.Text(BaseNameKey) ?? "another model",
            file.Text(BaseSha256Key) ?? "",
            Rank(file),
            (float)(file.Real("adapter.lora.alpha") ?? 0),
            [.. (file.Text(Training + "modules") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            (int)(file.Number(Training + "steps") ?? 0),
            file.Real(Training + "loss_before"),
            file.Real(Training + "loss_after"),
            file.Real(Training + "strength") ?? 1
        );
    }

    /// <summary>The length that A and B share; adapters of other makers do not name it.</summary>
    private static int Rank(GgufFile file)
    {
        var a = file.Tensors.FirstOrDefault(tensor => tensor.Name.EndsWith(".lora_a", StringComparison.Ordinal));
        return a is { Shape.Count: 2 } ? (int)Math.Min(a.Shape[1], int.MaxValue) : 0;
    }
}
