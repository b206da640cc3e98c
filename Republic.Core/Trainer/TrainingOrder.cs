using System.Text.Json;
using Republic.Core.Lora;

namespace Republic.Core.Trainer;

/// <summary>What the child that trains is told on its standard input, as one line of JSON.</summary>
/// <param name="MemoryMegabytes">What the process may take, apart from the base model's mapped file; 0 leaves it to the settings.</param>
public sealed record TrainingOrder(LoraRun Run, long MemoryMegabytes = 0)
{
    /// <exception cref="LoraException">The line is no order, or one that lacks something.</exception>
    internal static TrainingOrder Read(string line)
    {
        try
        {
            var order = JsonSerializer.Deserialize<TrainingOrder>(line, SnakeCaseJson.Options);
            return order is { Run: { ModelPath: not null, DataPath: not null, AdapterPath: not null, Settings.TargetModules: not null } }
                ? order
                : throw new LoraException("The order has to name run.model_path, run.data_path and run.adapter_path.");
        }
        catch (JsonException e)
        {
            throw new LoraException($"The first line of input has to be an order as JSON. {e.Message}", e);
        }
    }
}
