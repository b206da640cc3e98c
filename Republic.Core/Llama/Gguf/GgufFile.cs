namespace Republic.Core.Llama.Gguf;

/// <summary>The header of a GGUF file: what the model is, and where its tensors lie.</summary>
/// <param name="Values">
/// By key: <see cref="long"/>, <see cref="double"/> (stored as 32 bits), <see cref="GgufDouble"/>, <see cref="bool"/>,
/// <see cref="string"/> or <see cref="GgufArray"/>.
/// </param>
internal sealed record GgufFile(
    IReadOnlyDictionary<string, object> Values,
    IReadOnlyList<GgufTensor> Tensors,
    int Alignment,
    long DataStart,
    long FileBytes
)
{
    public string? Text(string key) => Values.GetValueOrDefault(key) as string;

    /// <summary>A whole number, or null; of a number per layer the greatest.</summary>
    public long? Number(string key) =>
        Values.GetValueOrDefault(key) switch
        {
            long number => number,
            GgufArray { ElementType: not GgufValue.TruthType, Numbers.Count: > 0 } array => array.Numbers.Max(),
            _ => null,
        };

    /// <summary>A number with a fraction, of 32 or 64 bits, or null.</summary>
    public double? Real(string key) =>
        Values.GetValueOrDefault(key) switch
        {
            double number => number,
            GgufDouble number => number.Value,
            _ => null,
        };
}
