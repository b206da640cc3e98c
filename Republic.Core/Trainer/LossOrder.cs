using System.Text.Json;
using Republic.Core.Lora;

namespace Republic.Core.Trainer;

/// <summary>Asks for the loss of every line of a file.</summary>
/// <param name="ModelPath">A GGUF file.</param>
/// <param name="DataPath">A conversation or a pair per line of JSON, as for training.</param>
/// <param name="AdapterPath">A LoRA adapter of this very model; null measures the model alone.</param>
/// <param name="MaxLength">Tokens of a line; what is longer is cut.</param>
public sealed record LossOrder(string ModelPath, string DataPath, string? AdapterPath = null, int MaxLength = 512)
{
    /// <summary>Each line begins with the token that begins a text, also in a model whose file says that none is to be added.</summary>
    public bool BeginsAlways { get; init; }

    /// <summary>The most that compute.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What the process may take, apart from the model's mapped file; 0 leaves it to the settings.</summary>
    public long MemoryMegabytes { get; init; }

    /// <exception cref="LoraException">The line is no order, or one that lacks something.</exception>
    internal static LossOrder Read(string line)
    {
        try
        {
            var order = JsonSerializer.Deserialize<LossOrder>(line, SnakeCaseJson.Options);
            return order is { ModelPath: not null, DataPath: not null, Threads: >= 1 }
                ? order
                : throw new LoraException("The order has to name model_path and data_path.");
        }
        catch (JsonException e)
        {
            throw new LoraException($"The first line of input has to be an order as JSON. {e.Message}", e);
        }
    }
}
