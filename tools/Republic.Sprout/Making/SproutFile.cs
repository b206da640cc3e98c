using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Making;

/// <summary>The model as llama.cpp loads it: matrices as F16, norms as F32, the vocabulary and the chat template in it.</summary>
internal static class SproutFile
{
    private const int MostlyF16 = 1;

    private const string Merges = "tokenizer.ggml.merges";

    public static void Save(SproutWeights weights, Vocabulary vocabulary, string path)
    {
        var writer = new GgufWriter();
        foreach (var (key, value) in Header(weights.Shape, vocabulary))
        {
            writer.Set(key, value);
        }

        foreach (var weight in weights.All)
        {
            writer.Add(
                weight.Name,
                TypeOf(weight),
                Lengths(weight),
                stream => stream.Write(GgufNumbers.Encode(TypeOf(weight), weight.Values))
            );
        }

        writer.Save(path);
    }

    /// <summary>Reads what <see cref="Save"/> wrote. Its vocabulary is kept: the corpus may have changed since.</summary>
    /// <exception cref="LoraException">Not such a file, or one of another shape.</exception>
    public static (Vocabulary Vocabulary, SproutWeights Weights) Load(string path)
    {
        var file = GgufReader.Read(path);
        var found = GgufRawHeader.Read(path).ToDictionary();
        var vocabulary = new Vocabulary([.. MergesOf(found, path)]);
        var weights = new SproutWeights(new SproutShape(vocabulary.Tokens.Count));
        var other = Header(weights.Shape, vocabulary)
            .FirstOrDefault(pair => !found.TryGetValue(pair.Key, out var there) || !there.Bytes.SequenceEqual(GgufValue.Bytes(pair.Value)));
        Require(other.Key is null, path, $"its {other.Key} is another");
        using var stream = File.OpenRead(path);
        foreach (var weight in weights.All)
        {
            var tensor = file.Tensors.FirstOrDefault(tensor => tensor.Name == weight.Name);
            Require(
                tensor is not null && tensor.Type == TypeOf(weight) && tensor.Shape.SequenceEqual(Lengths(weight)),
                path,
                $"{weight.Name} is not there as {TypeOf(weight).Name} of {string.Join(" x ", Lengths(weight))}"
            );
            var bytes = new byte[tensor!.Bytes];
            stream.Position = file.DataStart + tensor.Offset;
            stream.ReadExactly(bytes);
            GgufNumbers.Decode(tensor.Type, bytes, weight.Values);
        }

        return (vocabulary, weights);
    }

    private static IEnumerable<(string Left, string Right)> MergesOf(Dictionary<string, GgufRawValue> header, string path)
    {
        var merges = header.GetValueOrDefault(Merges)?.Texts().Select(text => text.Split(' ')).ToList() ?? [];
        var isList =
            merges.Count > 0
            && merges.TrueForAll(pair => pair.Length == 2)
            && merges.DistinctBy(pair => (pair[0], pair[1])).Count() == merges.Count;
        Require(isList, path, $"its {Merges} is no list of pairs");
        return merges.Select(pair => (pair[0], pair[1]));
    }

    private static void Require(bool isSo, string path, string otherwise)
    {
        if (!isSo)
        {
            throw new LoraException(
                $"{path} cannot be trained further: {otherwise}. Take a file that dev/sprout make of this version wrote, or leave out --from."
            );
        }
    }

    private static IEnumerable<KeyValuePair<string, object>> Header(SproutShape shape, Vocabulary vocabulary) =>
        OfShape(shape).Concat(OfVocabulary(vocabulary)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value));

    private static IEnumerable<(string Key, object Value)> OfShape(SproutShape shape) =>
        [
            ("general.architecture", "llama"),
            ("general.name", "Sprout"),
            ("general.license", "mit"),
            ("general.file_type", (uint)MostlyF16),
            ("llama.context_length", (uint)shape.ContextLength),
            ("llama.embedding_length", (uint)shape.Width),
            ("llama.block_count", (uint)shape.Layers),
            ("llama.feed_forward_length", (uint)shape.FeedForward),
            ("llama.attention.head_count", (uint)shape.Heads),
            ("llama.attention.head_count_kv", (uint)shape.HeadsOfKeys),
            ("llama.attention.layer_norm_rms_epsilon", SproutShape.Epsilon),
            ("llama.rope.dimension_count", (uint)shape.HeadLength),
            ("llama.rope.freq_base", SproutShape.RopeBase),
            ("llama.vocab_size", (uint)shape.Vocabulary),
        ];

    private static IEnumerable<(string Key, object Value)> OfVocabulary(Vocabulary vocabulary)
    {
        const int normal = 1;
        const int control = 3;
        return
        [
            ("tokenizer.ggml.model", "gpt2"),
            ("tokenizer.ggml.pre", "gpt-2"),
            ("tokenizer.ggml.tokens", vocabulary.Tokens.ToArray()),
            ("tokenizer.ggml.token_type", vocabulary.Tokens.Select((_, id) => id < Vocabulary.Controls ? control : normal).ToArray()),
            (Merges, vocabulary.Merges.Select(merge => $"{merge.Left} {merge.Right}").ToArray()),
            ("tokenizer.ggml.bos_token_id", (uint)Vocabulary.End),
            ("tokenizer.ggml.eos_token_id", (uint)Vocabulary.TurnEnd),
            ("tokenizer.ggml.padding_token_id", (uint)Vocabulary.End),
            ("tokenizer.ggml.add_bos_token", false),
            ("tokenizer.chat_template", ChatText.Template),
        ];
    }

    private static GgufType TypeOf(SproutWeight weight) => weight.IsNorm ? GgufType.F32 : GgufType.F16;

    private static long[] Lengths(SproutWeight weight) => weight.IsNorm ? [weight.Inputs] : [weight.Inputs, weight.Outputs];
}
