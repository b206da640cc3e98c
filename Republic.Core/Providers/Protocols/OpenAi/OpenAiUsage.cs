using System.Text.Json;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>Finds a few things in an answer without building a document of it.</summary>
public static class OpenAiUsage
{
    /// <summary>In dollars for one call; what says more is not believed.</summary>
    private const decimal MostReported = 10_000;

    /// <summary>Of one call; no model takes or says so many, and a count above it is no count.</summary>
    internal const long MostTokens = 20_000_000;

    private static readonly byte[][] Words =
    [
        "\"content\""u8.ToArray(),
        "\"reasoning_content\""u8.ToArray(),
        "\"reasoning\""u8.ToArray(),
        "\"refusal\""u8.ToArray(),
    ];

    /// <summary>The counts in the top-level <c>usage</c>; null when there are none.</summary>
    public static TokenCounts? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            TokenCounts? found = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isUsage = reader.ValueTextEquals("usage"u8);
                reader.Read();
                if (isUsage && reader.TokenType == JsonTokenType.StartObject)
                {
                    found = Counts(ref reader) ?? found;
                }
                else
                {
                    reader.Skip();
                }
            }

            return found;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a frame has text, thought, or a call of a tool in it, or says why the answer ends.</summary>
    internal static bool HasWord(ReadOnlySpan<byte> frame)
    {
        foreach (var name in Words)
        {
            if (After(frame, name, out var value) is (byte)'"' && value.Length > 1 && value[1] != '"')
            {
                return true;
            }
        }

        return After(frame, "\"tool_calls\""u8) is (byte)'['
            || After(frame, "\"content\""u8) is (byte)'['
            || After(frame, "\"finish_reason\""u8) is (byte)'"';
    }

    /// <summary>True for a frame with a choice: one with usage alone has none.</summary>
    internal static bool HasChoice(ReadOnlySpan<byte> frame) =>
        After(frame, "\"choices\""u8, out var value) is (byte)'[' && value[1..].TrimStart(" \t"u8) is [not (byte)']', ..];

    /// <summary>True for a frame with a finish reason; some servers send an empty one, which is none.</summary>
    internal static bool HasReason(ReadOnlySpan<byte> frame) =>
        After(frame, "\"finish_reason\""u8, out var value) is (byte)'"' && value is [_, not (byte)'"', ..];

    /// <summary>The first byte of the value behind a name's last appearance; a name inside a text has its quotes escaped and is not found.</summary>
    internal static byte? After(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => After(json, name, out _);

    private static byte? After(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var at = json.LastIndexOf(name);
        value = at < 0 ? default : json[(at + name.Length)..].TrimStart(" \t:"u8);
        return value.IsEmpty ? null : value[0];
    }

    // Null where the prompt was not counted: a lone figure for the answer is no count of the call.
    private static TokenCounts? Counts(ref Utf8JsonReader reader)
    {
        long? input = null;
        long output = 0;
        long cached = 0;
        long written = 0;
        long reasoning = 0;
        decimal? cost = null;
        var isAbsurd = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8))
            {
                input = Number(ref reader);
            }
            else if (reader.ValueTextEquals("completion_tokens"u8))
            {
                output = Number(ref reader) ?? 0;
                isAbsurd |= output > MostTokens;
            }
            else if (reader.ValueTextEquals("prompt_tokens_details"u8))
            {
                (cached, written) = Details(ref reader, "cached_tokens"u8, "cache_write_tokens"u8);
            }
            else if (reader.ValueTextEquals("completion_tokens_details"u8))
            {
                (reasoning, _) = Details(ref reader, "reasoning_tokens"u8, default);
            }
            else if (reader.ValueTextEquals("cost"u8))
            {
                cost = Amount(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (input is not { } counted || isAbsurd || Math.Max(counted, Math.Max(cached, Math.Max(written, reasoning))) > MostTokens)
        {
            return null;
        }

        // Both are parts of the prompt: a server that says more of them would have a call charged for what was never sent.
        cached = Math.Min(cached, counted);
        return new TokenCounts(counted, output, cached, reasoning)
        {
            CacheWrites = Math.Min(written, counted - cached),
            ReportedCost = cost,
        };
    }

    private static (long First, long Second) Details(ref Utf8JsonReader reader, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var found = (First: 0L, Second: 0L);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return found;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(first))
            {
                found.First = Number(ref reader) ?? 0;
            }
            else if (reader.ValueTextEquals(second))
            {
                found.Second = Number(ref reader) ?? 0;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return found;
    }

    private static decimal? Amount(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var amount) && amount is >= 0 and < MostReported)
        {
            return amount;
        }

        reader.Skip();
        return null;
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number >= 0)
        {
            return number;
        }

        reader.Skip();
        return null;
    }
}
