using System.Text.Json;
using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Retention;

/// <summary>A file of conversations up to a question, a list of role and content per line of JSON: what the base is to keep the answers to.</summary>
internal static class ReplayPrompts
{
    public static void Write(Stream stream, IEnumerable<(string? System, string Question)> prompts)
    {
        foreach (var (system, question) in prompts)
        {
            JsonSerializer.Serialize(stream, RetentionPrompt.Lines(system, question), SnakeCaseJson.Options);
            stream.WriteByte((byte)'\n');
        }
    }

    /// <exception cref="LoraException">A line is no such list.</exception>
    public static IReadOnlyList<IReadOnlyList<ChatLine>> Read(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<List<ChatLine>>(line, SnakeCaseJson.Options)!)];
        }
        catch (JsonException e)
        {
            throw new LoraException($"{path} has a line that is no list of messages. {e.Message}", e);
        }
    }
}
