using System.Text.Json;
using Republic.Core.Lora;
using Republic.Core.Lora.Checks;

namespace Republic.Core.Trainer;

/// <summary>Asks for the loss of every line of files, one after the other.</summary>
/// <param name="ModelPath">A GGUF file.</param>
/// <param name="MaxLength">Tokens of a line; what is longer is cut.</param>
public sealed record LossOrder(string ModelPath, IReadOnlyList<LossFile> Files, int MaxLength = 512)
{
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
            return order is { ModelPath: not null, Files.Count: > 0, Threads: >= 1 } && order.Files.All(file => file?.DataPath is not null)
                ? order
                : throw new LoraException("The order has to name model_path and files, each with its data_path.");
        }
        catch (JsonException e)
        {
            throw new LoraException($"The first line of input has to be an order as JSON. {e.Message}", e);
        }
    }
}
