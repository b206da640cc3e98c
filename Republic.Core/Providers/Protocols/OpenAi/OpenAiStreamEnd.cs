using System.Buffers;
using System.Text.Json;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>
/// Gives a stream the end that its client asked for. Clients read <c>choices[0]</c> of every frame, so none goes out without a choice, but
/// for the one with usage that a client can ask for; usage is else told beside the reason for the end. Only the frame with that reason is
/// kept back until all is counted.
/// </summary>
/// <param name="wantsUsage">True: in a frame of its own. False: not at all. Null: beside the reason for the end.</param>
/// <param name="citations">A JSON list for the frame with the reason; empty: none.</param>
public sealed class OpenAiStreamEnd(bool? wantsUsage, ReadOnlyMemory<byte> citations = default)
{
    private byte[]? first;
    private byte[]? reason;
    private byte[]? usage;
    private bool isTakenOut;

    /// <summary>Takes this for what the answer took, whatever its frames say.</summary>
    /// <param name="json">As <c>usage</c> has it.</param>
    public void Count(ReadOnlyMemory<byte> json) => usage = json.ToArray();

    /// <summary>The part of these whole lines that can go out now; valid as long as they are.</summary>
    public ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> lines)
    {
        ArrayBufferWriter<byte>? rewritten = null;
        for (var at = 0; at < lines.Length; )
        {
            var rest = lines.Span[at..];
            var length = rest.IndexOf((byte)'\n') + 1;
            var line = length == 0 ? rest : rest[..length];
            if (Passes(line))
            {
                rewritten?.Write(line);
            }
            else
            {
                if (rewritten is null)
                {
                    rewritten = new ArrayBufferWriter<byte>(lines.Length);
                    rewritten.Write(lines.Span[..at]);
                }

                if (line.StartsWith("data:"u8))
                {
                    TakeOut(line, rewritten);
                }
            }

            at += line.Length;
        }

        return rewritten?.WrittenMemory ?? lines;
    }

    /// <summary>The last frames, when all lines were taken.</summary>
    public ReadOnlyMemory<byte> End()
    {
        var output = new ArrayBufferWriter<byte>(1024);
        var last = reason ?? WithChoices(first ?? [], """{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}"""u8);
        byte[] cited = citations.IsEmpty ? [] : [.. ",\"citations\":"u8, .. citations.Span];
        byte[] counted = usage is null ? [] : [.. ",\"usage\":"u8, .. usage];
        Write(output, [.. last, .. wantsUsage is null ? counted : [], .. cited]);
        if (wantsUsage == true && counted.Length > 0)
        {
            Write(output, [.. WithChoices([.. last, (byte)'}'], default), .. counted]);
        }

        return output.WrittenMemory;
    }

    /// <summary>The frame that was kept back of a stream that broke off after it; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Broken()
    {
        var output = new ArrayBufferWriter<byte>(1024);
        if (reason is not null)
        {
            Write(output, reason);
        }

        return output.WrittenMemory;
    }

    // The blank line behind a frame goes where the frame goes.
    private bool Passes(ReadOnlySpan<byte> line)
    {
        var wasTakenOut = isTakenOut;
        isTakenOut = false;
        if (line.TrimEnd("\r\n"u8).IsEmpty)
        {
            return !wasTakenOut;
        }

        if (!line.StartsWith("data:"u8))
        {
            return true;
        }

        if (!OpenAiUsage.HasChoice(line))
        {
            return false;
        }

        first ??= Frame(line).ToArray();
        return !OpenAiUsage.HasReason(line) && OpenAiUsage.After(line, "\"usage\""u8) is not (byte)'{';
    }

    private void TakeOut(ReadOnlySpan<byte> line, ArrayBufferWriter<byte> output)
    {
        var frame = Frame(line);
        byte[] rest;
        try
        {
            rest = Open(frame, out var found, keepsChoices: true);
            usage = found ?? usage;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What cannot be read is given on as it is.
            output.Write(line);
            return;
        }

        isTakenOut = true;
        if (!OpenAiUsage.HasChoice(frame))
        {
            return;
        }

        if (!OpenAiUsage.HasReason(frame))
        {
            Write(output, rest);
            return;
        }

        // Of several choices each has its own reason, and the last of them ends the stream.
        if (reason is not null)
        {
            Write(output, reason);
        }

        reason = rest;
    }

    private static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> open)
    {
        output.Write("data: "u8);
        output.Write(open);
        output.Write("}\n\n"u8);
    }

    private static ReadOnlySpan<byte> Frame(ReadOnlySpan<byte> line) => line["data:"u8.Length..].Trim(" \r\n"u8);

    /// <summary>A frame of the same stream with other choices, open for more.</summary>
    private byte[] WithChoices(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> choices)
    {
        byte[] around;
        try
        {
            around = Open(frame, out _, keepsChoices: false);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            around = "{"u8.ToArray();
        }

        return [.. around, .. around.Length > 1 ? ","u8 : default, .. "\"choices\":["u8, .. choices, .. "]"u8];
    }

    /// <summary>A frame without its usage and the brace at its end, its bytes as they came.</summary>
    private byte[] Open(ReadOnlySpan<byte> frame, out byte[]? found, bool keepsChoices)
    {
        found = null;
        var kept = new ArrayBufferWriter<byte>(frame.Length + 1);
        kept.Write("{"u8);
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isUsage = reader.ValueTextEquals("usage"u8);
            var isLeftOut =
                isUsage
                || (!keepsChoices && reader.ValueTextEquals("choices"u8))
                || (!citations.IsEmpty && reader.ValueTextEquals("citations"u8));
            reader.Read();
            var value = (int)reader.TokenStartIndex;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            if (isUsage && frame[value] == '{')
            {
                found = frame[value..end].ToArray();
            }

            if (!isLeftOut)
            {
                kept.Write(kept.WrittenCount > 1 ? ","u8 : default);
                kept.Write(frame[start..end]);
            }
        }

        return kept.WrittenSpan.ToArray();
    }
}
