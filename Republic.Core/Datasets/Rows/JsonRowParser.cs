using System.Text.Json;
using Republic.Core.Datasets.Reading;

namespace Republic.Core.Datasets.Rows;

/// <summary>Reads a JSON object as messages, ShareGPT, Alpaca or a pair, whichever it is.</summary>
internal sealed class JsonRowParser : IRowParser
{
    private const int MostFields = 1000;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };
    private readonly JsonTurns turns = new();

    /// <summary>Where the text of each known field is; null where it is no text, or missing.</summary>
    private readonly TextSlice?[] texts = new TextSlice?[RowKeys.Count];
    private int seen;
    private int present;

    public string? Parse(ReadOnlySpan<byte> record, RowText row)
    {
        row.Clear();
        if (RecordBytes.Fault(record) is { } fault)
        {
            return fault;
        }

        try
        {
            return Read(record, row);
        }
        catch (JsonException e)
        {
            return e.BytePositionInLine is { } column
                ? FormattableString.Invariant($"it is not JSON (byte {column + 1})")
                : "it is not JSON";
        }
        catch (InvalidOperationException)
        {
            // What Utf8JsonReader throws when a text cannot be unescaped.
            return "it holds half of a character: escapes from \\ud800 to \\udfff come in pairs";
        }
    }

    private string? Read(ReadOnlySpan<byte> record, RowText row)
    {
        Array.Clear(texts);
        (seen, present) = (0, 0);
        var reader = new Utf8JsonReader(record, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return "it is no JSON object";
        }

        var fields = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (++fields > MostFields)
            {
                return FormattableString.Invariant($"it has more than {MostFields:n0} fields");
            }

            if (ReadField(ref reader, row) is { } problem)
            {
                return problem;
            }
        }

        // Finds what stands behind the object.
        reader.Read();
        return Convert(row);
    }

    private string? ReadField(ref Utf8JsonReader reader, RowText row)
    {
        var key = KeyOf(ref reader);
        reader.Read();
        if (key == RowKey.Other)
        {
            reader.Skip();
            return null;
        }

        if ((seen & (1 << (int)key)) != 0)
        {
            return key == RowKey.System
                ? "it has system twice (system_prompt is another name of it)"
                : $"it has {RowKeys.NameOf(key)} twice";
        }

        seen |= 1 << (int)key;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        present |= 1 << (int)key;
        return key is RowKey.Messages or RowKey.Conversations ? ReadTurns(ref reader, key, row) : ReadText(ref reader, key, row);
    }

    private string? ReadTurns(ref Utf8JsonReader reader, RowKey key, RowText row)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return $"{RowKeys.NameOf(key)} is no list";
        }

        if (key == RowKey.Conversations && Has(RowKey.Messages))
        {
            reader.Skip();
            return null;
        }

        row.ForgetTurns();
        return turns.Read(ref reader, row);
    }

    private string? ReadText(ref Utf8JsonReader reader, RowKey key, RowText row)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        texts[(int)key] = JsonTexts.Append(ref reader, row);
        return null;
    }

    private string? Convert(RowText row)
    {
        if (Has(RowKey.Messages) || Has(RowKey.Conversations))
        {
            row.Format = Has(RowKey.Messages) ? RowFormat.Messages : RowFormat.ShareGpt;
            return JsonTurns.Check(row);
        }

        var question = Array.Find(RowKeys.Questions, Has);
        var answer = Array.Find(RowKeys.Answers, Has);
        // Array.Find gives the first key of all where none is there.
        if (question == RowKey.Messages || answer == RowKey.Messages)
        {
            return (question, answer) switch
            {
                (RowKey.Messages, RowKey.Messages) => "it has neither messages nor a prompt with an answer",
                (RowKey.Messages, _) => "it has no prompt",
                _ => "it has no answer",
            };
        }

        row.Format = question == RowKey.Instruction && answer == RowKey.Output ? RowFormat.Alpaca : RowFormat.Pairs;
        return PairText.Fill(row, question, answer, texts);
    }

    private bool Has(RowKey key) => (present & (1 << (int)key)) != 0;

    private static RowKey KeyOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return RowKeys.Of(reader.ValueSpan);
        }

        Span<byte> name = stackalloc byte[128];
        return reader.ValueSpan.Length <= name.Length ? RowKeys.Of(name[..reader.CopyString(name)]) : RowKey.Other;
    }
}
