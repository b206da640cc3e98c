using Republic.Core.Llama.Gguf;

namespace Republic.Core.Llama.Memory;

/// <summary>The numbers that a header has under the keys of its architecture, each held to a range in which products do not overflow.</summary>
internal sealed class ShapeKeys(GgufFile header, string architecture, int layers)
{
    public bool Has(string key) => header.Values.ContainsKey($"{architecture}.{key}");

    /// <summary>One number; of an array the greatest, which is no less than any number of it.</summary>
    public long Number(string key, long most, long otherwise = 0) =>
        header.Number($"{architecture}.{key}") is { } number ? Held(key, number, most) : otherwise;

    /// <summary>A number for each layer: the array under the key, or the one number there.</summary>
    /// <param name="otherwise">Where there is neither.</param>
    public IReadOnlyList<long> PerLayer(string key, long most, IReadOnlyList<long> otherwise) =>
        header.Values.GetValueOrDefault($"{architecture}.{key}") switch
        {
            null => otherwise,
            long number => Repeated(Held(key, number, most)),
            GgufArray array when array.Numbers.Count == layers => [.. array.Numbers.Select(number => Held(key, number, most))],
            _ => throw new GgufException($"{architecture}.{key} is no number and no list of one for each of the {layers} layers."),
        };

    public IReadOnlyList<long> PerLayer(string key, long most) => PerLayer(key, most, Repeated(0));

    /// <summary>Whether the list under the key has something other than 0 for a layer; null where there is no list.</summary>
    public bool? Marks(string key, int layer) =>
        header.Values.GetValueOrDefault($"{architecture}.{key}") is GgufArray array
            ? layer < array.Numbers.Count && array.Numbers[layer] != 0
            : null;

    private long[] Repeated(long number) => [.. Enumerable.Repeat(number, layers)];

    private long Held(string key, long number, long most) =>
        number >= 0 && number <= most
            ? number
            : throw new GgufException($"{architecture}.{key} is {number}; from 0 to {most} is possible.");
}
