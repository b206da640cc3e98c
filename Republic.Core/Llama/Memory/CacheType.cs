using Republic.Core.Llama.Gguf;

namespace Republic.Core.Llama.Memory;

/// <summary>How the numbers of keys or values are stored in a context's cache.</summary>
internal sealed record CacheType
{
    private readonly GgufType stored;

    private CacheType(string name) => stored = GgufType.Find(name)!;

    public static CacheType F32 { get; } = new("f32");

    public static CacheType F16 { get; } = new("f16");

    /// <summary>From the most bytes a number to the fewest.</summary>
    public static IReadOnlyList<CacheType> All { get; } =
    [F32, F16, new("bf16"), new("q8_0"), new("q5_1"), new("q5_0"), new("q4_1"), new("q4_0")];

    /// <summary>As llama.cpp's <c>--cache-type-k</c> spells it, e.g. <c>q8_0</c>.</summary>
    public string Name => stored.Name.ToLowerInvariant();

    /// <summary>ggml's number of the type.</summary>
    public int Id => stored.Id;

    /// <summary>Whether numbers are stored in blocks; llama.cpp then takes it for values only with flash attention.</summary>
    public bool IsQuantized => stored.BlockLength > 1;

    /// <returns>Null for what no cache can hold.</returns>
    public static CacheType? Find(string name) => All.FirstOrDefault(type => type.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Bytes of so many numbers side by side, in whole blocks.</summary>
    public long Bytes(long numbers) => (numbers + stored.BlockLength - 1) / stored.BlockLength * stored.BlockBytes;
}
