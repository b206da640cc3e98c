using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Republic.Core.Knowledge.Reading;

/// <summary>JSON, or a line of it for each record: every object of a list is a block of "path: value" lines.</summary>
internal sealed class JsonReader(BlockWriter into)
{
    /// <summary>What is nested deeper is refused before it is built.</summary>
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = 64,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public static void Read(string text, BlockWriter into, CancellationToken ct)
    {
        var reader = new JsonReader(into);
        try
        {
            using var whole = JsonDocument.Parse(text, Options);
            reader.Value("", whole.RootElement, 0);
        }
        catch (JsonException error) when (error.LineNumber > 0 && text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            reader.Lines(text, error, ct);
        }
        catch (JsonException error)
        {
            throw Broken(error, (int)(error.LineNumber ?? 0) + 1);
        }
    }

    /// <param name="whole">Why the text is not one value. It is the reason where its first line is none either.</param>
    private void Lines(string text, JsonException whole, CancellationToken ct)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            ct.ThrowIfCancellationRequested();
            number++;
            if (line.IsWhiteSpace())
            {
                continue;
            }

            try
            {
                using var record = JsonDocument.Parse(line.ToString(), Options);
                Value("", record.RootElement, 0);
            }
            catch (JsonException error)
            {
                throw into.IsEmpty ? Broken(whole, (int)(whole.LineNumber ?? 0) + 1) : Broken(error, number);
            }
        }
    }

    private static UnreadableException Broken(JsonException error, int line) =>
        new(
            error.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)
                ? $"Line {line} nests values deeper than {Options.MaxDepth} levels. Flatten it, and upload it again."
                : string.Create(CultureInfo.InvariantCulture, $"Line {line:n0} is not JSON. Correct it, and upload the file again.")
        );

    /// <summary>Lists of objects become blocks; all else is a line of the block around it.</summary>
    private void Value(string path, JsonElement value, int level)
    {
        if (value.ValueKind == JsonValueKind.Array && HoldsObjects(value))
        {
            if (path.Length > 0)
            {
                into.Add(BlockKind.Heading, path, Math.Min(level + 1, 6));
            }

            foreach (var item in value.EnumerateArray())
            {
                Value("", item, level);
            }

            return;
        }

        var lines = new StringBuilder();
        var lists = new List<(string Path, JsonElement List)>();
        Collect(path, value, lines, lists);
        into.Add(BlockKind.Row, lines.ToString());
        foreach (var (name, list) in lists)
        {
            Value(name, list, level + 1);
        }
    }

    private void Collect(string path, JsonElement value, StringBuilder lines, List<(string Path, JsonElement List)> lists)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject())
            {
                var below = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                Collect(below, property.Value, lines, lists);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && HoldsObjects(value))
        {
            lists.Add((path, value));
        }
        else if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            var text = value.ValueKind == JsonValueKind.Array ? string.Join(", ", value.EnumerateArray().Select(Text)) : Text(value);
            into.Check(lines.Length + text.Length);
            lines.Append(path).Append(path.Length > 0 ? ": " : "").Append(text).Append('\n');
        }
    }

    private static bool HoldsObjects(JsonElement list) =>
        list.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array);

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? Written(value) : value.GetRawText();

    /// <summary>Half of a character cannot be read as text; it stays as it was written.</summary>
    private static string Written(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText().Trim('"');
        }
    }
}
