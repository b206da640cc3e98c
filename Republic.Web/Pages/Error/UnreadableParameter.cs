using System.Text.Json;
using System.Text.RegularExpressions;

namespace Republic.Web.Pages.Error;

/// <summary>A value in the address that is not what it should be.</summary>
/// <param name="Advice">What is allowed, for people.</param>
internal sealed partial record UnreadableParameter(string Name, string Advice)
{
    /// <summary>The framework says which one only in words.</summary>
    public static UnreadableParameter? Of(Exception? error)
    {
        if (error is not BadHttpRequestException || Parameter().Match(error.Message) is not { Success: true } found)
        {
            return null;
        }

        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(found.Groups["name"].Value);
        var type = found.Groups["type"].Value;
        return new(
            name,
            type.Contains("DateOnly", StringComparison.Ordinal) ? $"{name} is a day like 2026-11-21."
                : type.Contains("Guid", StringComparison.Ordinal) ? $"{name} is an id."
                : type.Contains("bool", StringComparison.OrdinalIgnoreCase) ? $"{name} is true or false."
                : type.Contains("int", StringComparison.OrdinalIgnoreCase) ? $"{name} is a whole number."
                : $"{name} could not be read."
        );
    }

    [GeneratedRegex("""^Failed to bind parameter "(?<type>[^"]+) (?<name>\w+)" from """, RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
