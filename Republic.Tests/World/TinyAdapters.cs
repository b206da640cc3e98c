using System.Security.Cryptography;
using Republic.Core;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Adapters;

namespace Republic.Tests.World;

/// <summary>Makes LoRA adapters of random numbers for a model: they change what it says, to nothing sensible.</summary>
internal static class TinyAdapters
{
    public const int Rank = 4;

    /// <summary>Writes an adapter for the attention's and the feed-forward's matrices of every layer, and gives its path.</summary>
    /// <param name="change">Sees each key and tensor before it is written, and may put another in its place.</param>
    /// <param name="every">Instead of random numbers.</param>
    public static string Write(string folder, string name, string baseFile, ulong seed, AdapterFault? change = null, float? every = null)
    {
        var model = GgufReader.Read(baseFile);
        var writer = new GgufWriter();
        var keys = new Dictionary<string, object>
        {
            ["general.type"] = "adapter",
            ["general.architecture"] = model.Text("general.architecture")!,
            ["general.name"] = name,
            ["adapter.type"] = "lora",
            ["adapter.lora.alpha"] = 8f,
            [AdapterFile.BaseSha256Key] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(baseFile))),
        };
        change?.Keys(keys);
        foreach (var (key, value) in keys)
        {
            writer.Set(key, value);
        }

        var random = new SeededRandom(seed);
        foreach (var weight in model.Tensors.Where(tensor => tensor.Name.StartsWith("blk.", StringComparison.Ordinal)))
        {
            if (weight.Shape.Count == 2)
            {
                Add(weight.Name + ".lora_a", weight.Shape[0], Rank);
                Add(weight.Name + ".lora_b", Rank, weight.Shape[1]);
            }
        }

        var path = Path.Combine(folder, name + ".gguf");
        writer.Save(path);
        return path;

        void Add(string tensor, long inputs, long outputs)
        {
            var (named, columns, rows) = change?.Tensor((tensor, inputs, outputs)) ?? (tensor, inputs, outputs);
            writer.Add(named, Numbers(random, columns * rows, every), columns, rows);
        }
    }

    private static float[] Numbers(SeededRandom random, long count, float? every) =>
        [.. Enumerable.Range(0, (int)count).Select(_ => every ?? (float)(0.2 * random.NextNormal()))];
}
