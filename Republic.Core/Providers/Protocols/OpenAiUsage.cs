using System.Text.Json;

namespace Republic.Core.Providers.Protocols;

/// <summary>Finds the counts in an answer without building a document of it.</summary>
public static class OpenAiUsage
{
    /// <summary>Counts of <c>prompt_tokens</c> and <c>completion_tokens</c> in the top-level <c>usage</c>; null when there are none.</summary>
    public static (long Input, long Output)? Read(ReadOnlySpan<byte> json)
    {
        long? input = null;
        long output = 0;
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isUsage = reader.ValueTextEquals("usage"u8);
                reader.Read();
                if (!isUsage || reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }

                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isInput = reader.ValueTextEquals("prompt_tokens"u8);
                    var isOutput = reader.ValueTextEquals("completion_tokens"u8);
                    reader.Read();
                    if (isInput && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count))
                    {
                        input = count;
                    }
                    else if (isOutput && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out count))
                    {
                        output = count;
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return input is null ? null : (input.Value, output);
    }

    /// <summary>The first byte of the value behind a name's last appearance; a name inside a text has its quotes escaped and is not found.</summary>
    internal static byte? After(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var at = json.LastIndexOf(name);
        if (at < 0)
        {
            return null;
        }

        var rest = json[(at + name.Length)..].TrimStart(" \t:"u8);
        return rest.IsEmpty ? null : rest[0];
    }
}
