using System.Text.Json;
using Republic.Core.Llama.Files;
using Republic.Core.Lora;

namespace Republic.Core.Trainer;

/// <summary>Asks for a copy of a model with fewer bits a weight.</summary>
/// <param name="Type">One of <see cref="ModelQuantizer.Types"/>.</param>
internal sealed record QuantizeOrder(string ModelPath, string CopyPath, string Type, int Threads = 1)
{
    /// <summary>What the process may take, apart from the model's mapped file; 0 is anything.</summary>
    public long MemoryMegabytes { get; init; }

    /// <exception cref="LoraException">The line is no order, or one that lacks something.</exception>
    public static QuantizeOrder Read(string line)
    {
        try
        {
            var order = JsonSerializer.Deserialize<QuantizeOrder>(line, SnakeCaseJson.Options);
            return
                order is { ModelPath: not null, CopyPath: not null, Type: not null, Threads: >= 1 }
                && ModelQuantizer.Problem(order.Type) is null
                ? order
                : throw new LoraException("The order has to name model_path, copy_path and a type.");
        }
        catch (JsonException e)
        {
            throw new LoraException($"The first line of input has to be an order as JSON. {e.Message}", e);
        }
    }
}
