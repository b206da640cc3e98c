using System.Globalization;
using System.Text.Json;

namespace Republic.Core;

/// <summary>Collects what is wrong with each field, so that a person hears of everything at once.</summary>
internal sealed class FieldRules(IReadOnlyList<FieldError> unreadable)
{
    private const int MaxJson = 64 * 1024;
    private const int MaxItems = 50;

    // Answers wrap what was stored in objects of their own, and writers give up at 64 levels.
    private const int MaxJsonDepth = 16;
    private readonly List<FieldError> errors = [.. unreadable];

    public IReadOnlyList<FieldError> Errors => errors;

    public void Add(string field, string message)
    {
        // What could not be read is not also missing.
        if (!unreadable.Any(error => error.Field == field))
        {
            errors.Add(new FieldError(field, message));
        }
    }

    public void Required(string field, string label, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(field, $"{label} is missing. Enter one.");
        }
    }

    /// <param name="isLine">One line: no line breaks or tabs.</param>
    public void Text(string field, string label, string? value, int max, bool isLine = true)
    {
        if (value is null)
        {
            return;
        }

        // As the database counts: an emoji is one, though it is two for C#.
        if (value.Trim() is var kept && kept.Length > max && kept.EnumerateRunes().Count() is var length && length > max)
        {
            Add(field, $"{label} has {Number(length)} characters; at most {Number(max)} are kept. Shorten it.");
        }
        else if (!IsStorable(value, isLine))
        {
            Add(
                field,
                $"{label} holds a character that cannot be kept, such as a {(isLine ? "line break or a " : "")}control character. Remove it."
            );
        }
    }

    public void Items(string field, string label, List<string>? items, int max)
    {
        if (items is null)
        {
            return;
        }

        if (items.Count > MaxItems)
        {
            Add(field, $"{label} has {items.Count} entries; at most {MaxItems} are kept. Take some out.");
        }
        else if (items.Exists(item => item is null || item.Trim().Length > max || !IsStorable(item, isLine: true)))
        {
            Add(field, $"{label} has an entry that is not one line of at most {max} characters. Shorten it.");
        }
    }

    public void Range(string field, string label, int? value, int low, int high)
    {
        if (value is { } number && (number < low || number > high))
        {
            Add(field, $"{label} is {Number(number)}; it can be {Number(low)} to {Number(high)}.");
        }
    }

    public void Json(string field, string label, JsonElement? value)
    {
        if (value is not { } json)
        {
            return;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            Add(field, $"{label} must be a JSON object, such as {{\"tone\": \"formal\"}}.");
        }
        else if (json.GetRawText().Length > MaxJson)
        {
            Add(field, $"{label} is larger than 64 KB. Shorten it.");
        }
        else if (!IsWithin(json, MaxJsonDepth))
        {
            Add(field, $"{label} is nested more than {MaxJsonDepth} levels deep. Flatten it.");
        }
        else if (!IsStorable(json))
        {
            Add(field, $"{label} holds a number or a character that cannot be kept. Remove it.");
        }
    }

    /// <summary>One line that can be kept.</summary>
    public static bool IsLine(string text) => IsStorable(text, isLine: true);

    /// <summary>Text that can be kept; line breaks and tabs are allowed.</summary>
    public static bool IsText(string text) => IsStorable(text, isLine: false);

    private static bool IsStorable(string text, bool isLine)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && (isLine || text[i] is not ('\n' or '\r' or '\t')))
            {
                return false;
            }

            // They would turn round what stands after a name on the page.
            if (isLine && text[i] is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
            {
                return false;
            }

            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && ++i < text.Length && char.IsLowSurrogate(text[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWithin(JsonElement json, int levels) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => levels > 0 && json.EnumerateObject().All(property => IsWithin(property.Value, levels - 1)),
            JsonValueKind.Array => levels > 0 && json.EnumerateArray().All(item => IsWithin(item, levels - 1)),
            _ => true,
        };

    // The database takes neither U+0000 nor half a surrogate pair, and no number beyond its own range.
    private static bool IsStorable(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().All(p => IsStorableText(() => p.Name) && IsStorable(p.Value)),
            JsonValueKind.Array => json.EnumerateArray().All(IsStorable),
            JsonValueKind.String => IsStorableText(() => json.GetString()!),
            JsonValueKind.Number => json.GetRawText().Length <= 64
                && json.TryGetDouble(out var number)
                && (
                    Math.Abs(number) is (> 1e-300 and < 1e300)
                    || (number == 0 && !json.GetRawText().Contains('e', StringComparison.OrdinalIgnoreCase))
                ),
            _ => true,
        };

    private static bool IsStorableText(Func<string> text)
    {
        try
        {
            return IsStorable(text(), isLine: false);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
