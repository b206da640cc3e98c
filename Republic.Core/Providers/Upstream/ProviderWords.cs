using System.Text;
using System.Text.Json;

namespace Republic.Core.Providers.Upstream;

/// <summary>Finds what a provider said in an answer of any shape, and makes it fit to show: short, one line, without the key.</summary>
internal static class ProviderWords
{
    private const int MaxLength = 300;
    private const int MaxParam = 100;

    private static readonly Dictionary<string, int?> Statuses = new(StringComparer.Ordinal)
    {
        ["invalid_request_error"] = 400,
        ["authentication_error"] = 401,
        ["billing_error"] = 402,
        ["permission_error"] = 403,
        ["not_found_error"] = 404,
        ["request_too_large"] = 413,
        ["rate_limit_error"] = 429,
        ["api_error"] = 500,
        ["timeout_error"] = 504,
        ["overloaded_error"] = 529,
    };

    public static string? From(ReadOnlySpan<byte> body, string? key)
    {
        var text = Encoding.UTF8.GetString(body).Trim();
        if (text.Length == 0)
        {
            return null;
        }

        var said = text[0] is '{' or '[' ? FromJson(text) : null;
        said ??=
            text is "{}" or "[]" ? null
            : LooksLikeHtml(text) ? Title(text)
            : text;
        return said is null || Clean(said, key) is not { Length: > 0 } words ? null : words;
    }

    /// <summary>The status that an error inside an answer stands for, by its number or its type's name; null when it tells neither.</summary>
    public static int? Status(ReadOnlySpan<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(body));
            var error = json.RootElement;
            if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("error", out var inner))
            {
                error = inner;
            }

            return error.ValueKind != JsonValueKind.Object ? null
                : error.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.Number
                && code.TryGetInt32(out var number)
                && number is >= 400 and < 600
                    ? number
                : error.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                    ? Statuses.GetValueOrDefault(type.GetString()!)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The field that is wrong, where the provider names it as OpenAI does.</summary>
    public static string? Param(ReadOnlySpan<byte> body, string? key)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(body));
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("param", out var param)
                && param.ValueKind == JsonValueKind.String
                && param.GetString() is { Length: > 0 and <= MaxParam } field
                && field.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '[' or ']' or '-')
                ? KeyRedaction.Apply(field, key)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static bool LooksLikeHtml(string text) =>
        text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("<head", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("<body", StringComparison.OrdinalIgnoreCase);

    public static string Clean(string said, string? key)
    {
        var line = new StringBuilder(Math.Min(said.Length, MaxLength * 2));
        foreach (var c in said)
        {
            if (line.Length >= MaxLength * 2)
            {
                break;
            }

            var isGap = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isGap)
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        var shown = KeyRedaction.Apply(line.ToString(), key).Trim().TrimEnd('.');
        return shown.Length <= MaxLength ? shown : string.Concat(shown.AsSpan(0, MaxLength).TrimEnd(), "…");
    }

    private static string? FromJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Message(json.RootElement, depth: 0);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a character in what it says: then the JSON itself is shown.
            return null;
        }
    }

    // {"error": {"message": …}}, {"error": "…"}, {"message": …}, {"detail": …}, {"detail": [{"msg": …}]}, [{"error": …}]
    private static string? Message(JsonElement element, int depth)
    {
        if (depth > 4)
        {
            return null;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString() is { Length: > 0 } said ? said : null;
            case JsonValueKind.Array:
                return element.GetArrayLength() > 0 ? Message(element[0], depth + 1) : null;
            case JsonValueKind.Object:
                foreach (var name in (ReadOnlySpan<string>)["error", "message", "detail", "msg", "title", "error_description", "code"])
                {
                    if (element.TryGetProperty(name, out var inner) && Message(inner, depth + 1) is { } found)
                    {
                        return found;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private static string? Title(string html)
    {
        var start = html.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : html.IndexOf("</title>", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : html[(start + 7)..end];
    }
}
