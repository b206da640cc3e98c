using System.Text.Json;

namespace Republic.Core.Lora.Retention;

/// <summary>Asks what a new version kept of the answers that the version before could give.</summary>
/// <param name="ModelPath">The base of both, a GGUF file.</param>
/// <param name="PromptsPath">A <see cref="RetentionPrompt"/> per line of JSON.</param>
/// <param name="OutputPath">Where the <see cref="RetentionFindings"/> go, as JSON.</param>
internal sealed record RetentionOrder(string ModelPath, string PromptsPath, string OutputPath)
{
    /// <summary>The weights of the version before; null where it was the base alone.</summary>
    public string? FormerAdapterPath { get; init; }

    /// <summary>The new version's weights.</summary>
    public string? AdapterPath { get; init; }

    /// <summary>The rows that it learned; null where none are to be had.</summary>
    public string? LearnedPath { get; init; }

    public long Seed { get; init; } = 1;

    /// <summary>At which the version before answers in chats: equal runs draw with it.</summary>
    public float Temperature { get; init; } = 0.7f;

    /// <summary>The most that compute.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What the process may take, apart from the model's mapped file; 0 leaves it to the settings.</summary>
    public long MemoryMegabytes { get; init; }

    /// <exception cref="LoraException">The line is no order, or one that lacks something.</exception>
    public static RetentionOrder Read(string line)
    {
        try
        {
            var order = JsonSerializer.Deserialize<RetentionOrder>(line, SnakeCaseJson.Options);
            return order is { ModelPath: not null, PromptsPath: not null, OutputPath: not null, Threads: >= 1, Temperature: > 0 }
                ? order
                : throw new LoraException("The order has to name model_path, prompts_path and output_path.");
        }
        catch (JsonException e)
        {
            throw new LoraException($"The first line of input has to be an order as JSON. {e.Message}", e);
        }
    }
}
