using System.Globalization;

namespace Republic.Core.Llama.Gguf;

/// <summary>
/// Decides whether a file may be given to llama.cpp, which trusts headers more than it should: a layer count of zero
/// ends its process, and lists shorter than the vocabulary are read past their end.
/// </summary>
internal static class GgufCheck
{
    private const int LongestArchitecture = 64;
    private const int MostLayers = 512;
    private const int MostExperts = 1024;
    private const int LongestTensorName = 63;
    private static readonly string[] RopeScalings = ["none", "linear", "yarn", "longrope"];

    /// <exception cref="GgufException">The file may not be used; the message says why.</exception>
    public static GgufModelFacts Check(string path) => Check(GgufReader.Read(path));

    /// <param name="file">The header of a file, of which the rest need not be here.</param>
    /// <exception cref="GgufException">The file may not be used; the message says why.</exception>
    public static GgufModelFacts Check(GgufFile file)
    {
        if (file.Number("split.count") is > 1 and var parts)
        {
            throw new GgufException($"The file is one of {parts} parts.", "Merge them with llama.cpp's llama-gguf-split first.");
        }

        CheckTensors(file);
        var facts = CheckHeader(file);
        CheckLayers(file, facts);
        return facts;
    }

    /// <summary>Checks the header of a model, most of whose tensors, or all, may lie in other files.</summary>
    internal static GgufModelFacts CheckHeader(GgufFile file)
    {
        var facts = CheckShape(file);
        CheckAttention(file, facts);
        CheckExperts(file, facts);
        CheckVocabulary(file, facts);
        return facts;
    }

    /// <summary>Checks the tensors of any file, whatever they are for.</summary>
    internal static void CheckTensors(GgufFile file)
    {
        Require(file.Tensors.Count > 0, "The file holds no tensors.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var expected = 0L;
        foreach (var tensor in file.Tensors)
        {
            Require(tensor.Name.Length is > 0 and <= LongestTensorName, $"A tensor has a name of {tensor.Name.Length} letters.");
            Require(names.Add(tensor.Name), $"The tensor {tensor.Name} is there twice.");
            Require(
                tensor.Shape.All(length => length is > 0 and < 1L << 40),
                $"The tensor {tensor.Name} has a length of 0 or beyond reason."
            );
            Require(
                tensor.Shape[0] % tensor.Type.BlockLength == 0,
                $"The rows of {tensor.Name} have {tensor.Shape[0]} numbers, and {tensor.Type.Name} stores {tensor.Type.BlockLength} at a time."
            );
            Require(
                tensor.Shape.Count > 1 || tensor.Type.Name is "F32" or "F16" or "BF16",
                $"The numbers of {tensor.Name} are stored as {tensor.Type.Name}, which llama.cpp cannot add or multiply with."
            );
            Require(
                tensor.Shape.Aggregate(1.0, (product, length) => product * length) * tensor.Type.BlockBytes <= file.FileBytes * 512.0,
                $"The tensor {tensor.Name} is larger than the file."
            );
            Require(tensor.Offset == expected, $"The tensor {tensor.Name} lies at {tensor.Offset} where {expected} was expected.");
            expected += (tensor.Bytes + file.Alignment - 1) / file.Alignment * file.Alignment;
            Require(
                tensor.Offset <= file.FileBytes - file.DataStart - tensor.Bytes,
                $"The file ends before the tensor {tensor.Name} does: it is cut off."
            );
        }
    }

    private static GgufModelFacts CheckShape(GgufFile file)
    {
        var architecture = file.Text("general.architecture");
        Require(!string.IsNullOrEmpty(architecture), "The header does not say which architecture the model has (general.architecture).");
        Require(
            architecture!.Length <= LongestArchitecture
                && architecture.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'),
            "The header names an architecture (general.architecture) that cannot be one: it is long, or holds other than letters, digits, - and _."
        );
        if (file.Text("general.type") is "adapter" or "mmproj" or "imatrix" || architecture == "clip")
        {
            throw new GgufException(
                "The file is an adapter or a part of a model, not a model that can answer alone.",
                "Choose the model itself."
            );
        }

        return new GgufModelFacts(
            architecture!,
            Layers: (int)Need(file, $"{architecture}.block_count", 1, MostLayers),
            EmbeddingLength: (int)Need(file, $"{architecture}.embedding_length", 1, 1 << 18),
            ContextLength: (int)Need(file, $"{architecture}.context_length", 8, 1 << 28),
            Heads: (int)Optional(file, $"{architecture}.attention.head_count", 0, 4096, 0),
            KeyLength: 0,
            ValueLength: 0,
            HeadsOfKeys: 0
        ).WithAttention(file);
    }

    private static void CheckAttention(GgufFile file, GgufModelFacts facts)
    {
        var prefix = facts.Architecture;
        Optional(file, $"{prefix}.feed_forward_length", 0, 1 << 20, 0);
        Optional(file, $"{prefix}.pooling_type", 0, 4, 0);
        foreach (var epsilon in new[] { "layer_norm_rms_epsilon", "layer_norm_epsilon" })
        {
            var key = $"{prefix}.attention.{epsilon}";
            Require(file.Values.GetValueOrDefault(key) is null or (double and >= 0 and < 1), $"{key} is not a small number.");
        }

        var baseKey = $"{prefix}.rope.freq_base";
        Require(file.Values.GetValueOrDefault(baseKey) is null or (double and > 0 and < 1e15), $"{baseKey} is not a sensible number.");
        var scaling = file.Text($"{prefix}.rope.scaling.type");
        Require(scaling is null || RopeScalings.Contains(scaling), $"{prefix}.rope.scaling.type is \"{scaling}\", which is not known.");
        if (facts.Heads == 0)
        {
            var attends = file.Tensors.Any(tensor => tensor.Name.Contains(".attn_q", StringComparison.Ordinal));
            Require(!attends, "The header has no attention heads, and the file holds weights for some.");
            return;
        }

        Require(
            facts.EmbeddingLength % facts.Heads == 0 || file.Number($"{prefix}.attention.key_length") is not null,
            $"The embedding length {facts.EmbeddingLength} cannot be divided among {facts.Heads} heads."
        );
        Require(
            facts.HeadsOfKeys is > 0 and <= 4096 && facts.Heads % facts.HeadsOfKeys == 0,
            $"{facts.Heads} heads cannot share {facts.HeadsOfKeys} heads of keys."
        );
        Require(
            facts.KeyLength is > 0 and <= 8192 && facts.ValueLength is > 0 and <= 8192,
            "The length of keys or values is beyond reason."
        );
        var rotated = Optional(file, $"{prefix}.rope.dimension_count", 0, 8192, 0);
        Require(rotated % 2 == 0 && rotated <= facts.KeyLength, $"{rotated} of {facts.KeyLength} dimensions cannot be rotated.");
    }

    private static void CheckExperts(GgufFile file, GgufModelFacts facts)
    {
        var experts = Optional(file, $"{facts.Architecture}.expert_count", 0, MostExperts, 0);
        var used = Optional(file, $"{facts.Architecture}.expert_used_count", 0, MostExperts, 0);
        var groups = Optional(file, $"{facts.Architecture}.expert_group_count", 0, MostExperts, 0);
        var groupsUsed = Optional(file, $"{facts.Architecture}.expert_group_used_count", 0, MostExperts, 0);
        var possible =
            experts == 0
                ? used == 0 && groups == 0
                : used > 0
                    && used <= experts
                    && groups < experts
                    && (groups <= 1 || (experts % groups == 0 && groupsUsed > 0 && groupsUsed < groups));
        Require(possible, $"The header asks for {used} of {experts} experts in {groups} groups, which is impossible.");
    }

    private static void CheckVocabulary(GgufFile file, GgufModelFacts facts)
    {
        const string prefix = "tokenizer.ggml.";
        Require(file.Text(prefix + "model") is { Length: > 0 }, "The header names no tokenizer (tokenizer.ggml.model).");
        var tokens = file.Values.GetValueOrDefault(prefix + "tokens") as GgufArray;
        Require(tokens is { ElementType: 8, Count: > 0 }, "The header holds no vocabulary (tokenizer.ggml.tokens).");
        foreach (var (list, type) in new[] { ("scores", 6), ("token_type", 5) })
        {
            var given = file.Values.GetValueOrDefault(prefix + list);
            var fits = given is null || (given is GgufArray array && array.Count == tokens!.Count && array.ElementType == type);
            Require(fits, $"The list {prefix}{list} does not match the vocabulary of {tokens!.Count} tokens.");
        }

        var merges = file.Values.GetValueOrDefault(prefix + "merges");
        Require(merges is null or GgufArray { ElementType: 8 }, "The list tokenizer.ggml.merges is not a list of texts.");
        if (file.Tensors.FirstOrDefault(tensor => tensor.Name == "token_embd.weight") is { } embedding)
        {
            Require(
                embedding.Shape.Count == 2 && embedding.Shape[0] == facts.EmbeddingLength && embedding.Shape[1] == tokens!.Count,
                $"The embedding table is {string.Join(" x ", embedding.Shape)} and should be {facts.EmbeddingLength} x {tokens!.Count}."
            );
        }
    }

    private static void CheckLayers(GgufFile file, GgufModelFacts facts)
    {
        var held = file
            .Tensors.Where(tensor => tensor.Name.StartsWith("blk.", StringComparison.Ordinal))
            .Select(tensor =>
                int.TryParse(tensor.Name.Split('.')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : -1
            )
            .Distinct()
            .ToList();
        Require(
            held.Count == 0 || (held.Count == facts.Layers && held.Max() == facts.Layers - 1),
            $"The header promises {facts.Layers} layers and the file holds {held.Count}."
        );
    }

    private static long Need(GgufFile file, string key, long least, long most) =>
        file.Number(key) is null ? throw new GgufException($"The header has no {key}.") : Optional(file, key, least, most, 0);

    private static long Optional(GgufFile file, string key, long least, long most, long otherwise)
    {
        if (!file.Values.TryGetValue(key, out var given))
        {
            return otherwise;
        }

        var number = file.Number(key);
        Require(number is not null, $"{key} is {given}, which is no whole number.");
        Require(number >= least && number <= most, $"{key} is {number}; from {least} to {most} is possible.");
        return number!.Value;
    }

    private static void Require(bool fact, string otherwise)
    {
        if (!fact)
        {
            throw new GgufException(otherwise);
        }
    }
}
