using System.Text.Json;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Core.Providers.Protocols.Anthropic;

/// <summary>
/// What was counted. Here the prompt's tokens come in three heaps (fresh, read from the cache, written to it); chat completions know
/// their sum, and how many of them were cached. A stream tells its counts in parts, the later replacing the earlier.
/// </summary>
internal sealed class AnthropicUsage
{
    private long? fresh;
    private long? read;
    private long? written;
    private long? output;

    public void Take(JsonElement root)
    {
        if (!root.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        fresh = OpenAiAnswer.Number(usage, "input_tokens") ?? fresh;
        read = OpenAiAnswer.Number(usage, "cache_read_input_tokens") ?? read;
        written = OpenAiAnswer.Number(usage, "cache_creation_input_tokens") ?? written;
        output = OpenAiAnswer.Number(usage, "output_tokens") ?? output;
    }

    public bool IsKnown => fresh is not null && output is not null;

    public void Write(Utf8JsonWriter json)
    {
        var prompt = (fresh ?? 0) + (read ?? 0) + (written ?? 0);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, prompt);
        json.WriteNumber("completion_tokens"u8, output ?? 0);
        json.WriteNumber("total_tokens"u8, prompt + (output ?? 0));
        if (read is not null || written is not null)
        {
            json.WriteStartObject("prompt_tokens_details"u8);
            json.WriteNumber("cached_tokens"u8, read ?? 0);
            json.WriteNumber("cache_write_tokens"u8, written ?? 0);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
