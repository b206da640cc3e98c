using System.Text.RegularExpressions;

namespace Republic.Core.Scenarios.Editing;

/// <summary>Gives a fact or a state its new name in a condition.</summary>
internal static class ReferenceRename
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <param name="map">The variable that has it: facts or visits.</param>
    /// <returns>The condition with <c>facts.new</c> where it had <c>facts.old</c>, <c>facts["old"]</c> or <c>"old" in facts</c>.</returns>
    public static string In(string condition, string map, string old, string renamed)
    {
        // Strings are matched too, so that what stands in one is passed over.
        var pattern =
            $"(?<quote>[\"'])(?<name>{old})\\k<quote>\\s+in\\s+{map}(?![\\w.])"
            + "|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
            + $"|(?<![\\w.]){map}\\s*(?:\\.\\s*(?<name>{old})(?!\\w)|\\[\\s*(?<quote>[\"'])(?<name>{old})\\k<quote>\\s*\\])";
        return Regex.Replace(
            condition,
            pattern,
            match =>
                match.Groups["name"] is { Success: true } name
                    ? match.Value.Remove(name.Index - match.Index, name.Length).Insert(name.Index - match.Index, renamed)
                    : match.Value,
            RegexOptions.CultureInvariant,
            Timeout
        );
    }
}
