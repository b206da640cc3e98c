using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>The fields of a request for vectors, and the form in which a client wants them.</summary>
public static class OpenAiVectorFields
{
    private const int Most = 2048;

    /// <summary>What is wrong with the fields, whoever would be asked; null: nothing.</summary>
    internal static Failure? Fault(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> given, ProviderRow provider)
    {
        if (!given.TryGetValue("input", out var input))
        {
            return Failure.Invalid("input", "input is missing. It must be a text or a list of texts.");
        }

        if (Input(input) is { } fault)
        {
            return Failure.Invalid("input", fault);
        }

        if (given.TryGetValue("encoding_format", out var format) && Text(format) is not ("float" or "base64"))
        {
            return Failure.Invalid("encoding_format", "encoding_format has to be float or base64.");
        }

        if (!given.TryGetValue("dimensions", out var dimensions))
        {
            return null;
        }

        using var length = JsonDocument.Parse(dimensions);
        return length.RootElement.ValueKind != JsonValueKind.Number || !length.RootElement.TryGetInt32(out var wanted) || wanted < 1
                ? Failure.Invalid("dimensions", "dimensions must be a whole number of 1 or more.")
            : !provider.PassThrough.Contains("dimensions") ? Failure.Invalid("dimensions", NoLength(provider))
            : null;
    }

    /// <summary>Whether vectors are wanted as 32-bit floats, little endian, in base64.</summary>
    internal static bool IsPacked(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> given) =>
        given.TryGetValue("encoding_format", out var format) && Text(format) == "base64";

    /// <summary>An answer with its vectors packed, where whoever answered knows numbers alone; one that is packed already stays as it is.</summary>
    public static ReadOnlyMemory<byte> Packed(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer);
        if (!json.RootElement.TryGetProperty("data", out var data) || !data.EnumerateArray().Any(item => Numbers(item) is not null))
        {
            return answer;
        }

        var buffer = new ArrayBufferWriter<byte>(answer.Length);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in json.RootElement.EnumerateObject())
            {
                if (member.NameEquals("data"u8))
                {
                    writer.WriteStartArray("data"u8);
                    foreach (var item in data.EnumerateArray())
                    {
                        Write(writer, item);
                    }

                    writer.WriteEndArray();
                }
                else
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static string NoLength(ProviderRow provider) =>
        $"{provider.DisplayName} gives vectors of the length that its model has. Leave out dimensions.";

    private static void Write(Utf8JsonWriter writer, JsonElement item)
    {
        if (Numbers(item) is not { } numbers)
        {
            item.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in item.EnumerateObject())
        {
            if (member.NameEquals("embedding"u8))
            {
                writer.WriteBase64String("embedding"u8, MemoryMarshal.AsBytes(numbers.AsSpan()));
            }
            else
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static float[]? Numbers(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("embedding", out var vector)
        && vector.ValueKind == JsonValueKind.Array
        && vector.EnumerateArray().All(number => number.ValueKind == JsonValueKind.Number)
            ? [.. vector.EnumerateArray().Select(number => number.GetSingle())]
            : null;

    private static string? Text(ReadOnlyMemory<byte> value)
    {
        using var json = JsonDocument.Parse(value);
        return OpenAiAnswer.Text(json.RootElement);
    }

    // Objects are pictures and the like, of which each provider has a form of its own.
    private static string? Input(ReadOnlyMemory<byte> input)
    {
        using var json = JsonDocument.Parse(input);
        var given = json.RootElement;
        if (given.ValueKind == JsonValueKind.String)
        {
            return given.ValueEquals(""u8) ? "input is an empty text." : null;
        }

        if (given.ValueKind != JsonValueKind.Array)
        {
            return given.ValueKind == JsonValueKind.Object ? null : Kinds;
        }

        var kinds = given.EnumerateArray().Select(item => item.ValueKind).Distinct().Take(2).ToList();
        return kinds switch
        {
            [] => "input is an empty list.",
            [JsonValueKind.Number] => Tokens(given),
            [_] when given.GetArrayLength() > Most => $"input holds {given.GetArrayLength():N0} texts, and {Most:N0} is the most at once.",
            [JsonValueKind.String] => given.EnumerateArray().Any(text => text.ValueEquals(""u8)) ? "input holds an empty text." : null,
            [JsonValueKind.Array] => given.EnumerateArray().Select(Tokens).FirstOrDefault(fault => fault is not null),
            [JsonValueKind.Object] => null,
            _ => Kinds,
        };
    }

    private static string? Tokens(JsonElement tokens) =>
        tokens.GetArrayLength() == 0 ? "input holds an empty list of tokens."
        : tokens.EnumerateArray().All(token => token.ValueKind == JsonValueKind.Number && token.TryGetInt32(out var id) && id >= 0) ? null
        : "input holds tokens that are no whole numbers of 0 or more.";

    private const string Kinds = "input must be a text, a list of texts, a list of tokens, or a list of such lists.";
}
