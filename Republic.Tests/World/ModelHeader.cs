using Republic.Core.Llama.Gguf;

namespace Republic.Tests.World;

/// <summary>The header of a model whose file nobody has here, as <see cref="GgufReader"/> would give it.</summary>
internal sealed class ModelHeader(string architecture)
{
    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal)
    {
        ["general.architecture"] = architecture,
        [$"{architecture}.block_count"] = 4L,
        [$"{architecture}.embedding_length"] = 256L,
        [$"{architecture}.context_length"] = 4096L,
        [$"{architecture}.attention.head_count"] = 8L,
        [$"{architecture}.attention.head_count_kv"] = 2L,
        ["tokenizer.ggml.model"] = "gpt2",
        ["tokenizer.ggml.tokens"] = new GgufArray(8, 1000, []),
    };
    private readonly List<GgufTensor> tensors = [];
    private long offset;

    /// <param name="key">Without the architecture in front.</param>
    /// <param name="value">A number, or a list of numbers or truths.</param>
    public ModelHeader With(string key, object value)
    {
        values[$"{architecture}.{key}"] = value switch
        {
            int number => (long)number,
            int[] numbers => new GgufArray(5, numbers.Length, [.. numbers.Select(number => (long)number)]),
            bool[] truths => new GgufArray(7, truths.Length, [.. truths.Select(truth => truth ? 1L : 0)]),
            _ => value,
        };
        return this;
    }

    public ModelHeader Vocabulary(long tokens)
    {
        values["tokenizer.ggml.tokens"] = new GgufArray(8, tokens, []);
        return this;
    }

    public ModelHeader Tensor(string name, string type, params IReadOnlyList<long> shape)
    {
        var tensor = new GgufTensor(name, shape, GgufType.Find(type)!, offset);
        tensors.Add(tensor);
        offset += (tensor.Bytes + 31) / 32 * 32;
        return this;
    }

    /// <param name="fileBytes">Null for a file that ends with its last tensor.</param>
    public GgufFile File(long? fileBytes = null)
    {
        if (tensors.Count == 0)
        {
            Tensor("output_norm.weight", "F32", 256);
        }

        const long dataStart = 4096;
        return new GgufFile(values, tensors, Alignment: 32, dataStart, fileBytes ?? (dataStart + offset));
    }
}
