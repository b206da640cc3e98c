using System.Globalization;
using Republic.Core.Scenarios;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>What people type into the forms of the editor, and back.</summary>
internal static class Typed
{
    /// <summary>The name that a text means: "Review the change" is <c>review_the_change</c>. What means none, or would lose letters, stays, to be refused.</summary>
    public static string? Name(string? text) =>
        ScenarioRules.IsName(text) || ScenarioRules.Loss(text) is not null ? text : ScenarioRules.NameOf(text) ?? text;

    /// <summary>A name as people read it, where that is read back as the same name.</summary>
    public static string Text(string name) => ScenarioRules.NameOf(ElementName.Of(name)) == name ? ElementName.Of(name) : name;

    /// <summary>Null where the word is of no member.</summary>
    public static T? Word<T>(string? word)
        where T : struct, Enum => Enum.TryParse<T>(word, ignoreCase: true, out var member) && Enum.IsDefined(member) ? member : null;

    public static string? Word<T>(T? member)
        where T : struct, Enum => member?.ToString().ToLowerInvariant();

    public static string? Number(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>A browser sends two characters for each end of a line.</summary>
    public static string? Lines(string? text) => text?.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <param name="kind">present, all or listed.</param>
    /// <returns>Null for another kind.</returns>
    public static Audience? Audience(string? kind, List<string> roles) =>
        Word<AudienceKind>(kind) switch
        {
            AudienceKind.All => Core.Scenarios.Audience.All,
            AudienceKind.Present => Core.Scenarios.Audience.Present,
            AudienceKind.Listed when roles.Count > 0 => Core.Scenarios.Audience.Of(roles),
            _ => null,
        };
}
