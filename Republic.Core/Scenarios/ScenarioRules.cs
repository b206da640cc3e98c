using System.Buffers;
using System.Text;

namespace Republic.Core.Scenarios;

/// <summary>How long and how many the parts of a scenario may be; the same as in the JSON Schema of its text.</summary>
public static class ScenarioRules
{
    public const int LongestName = 120;
    public const int LongestText = 4000;

    /// <summary>Of a state, a role or a fact.</summary>
    public const int LongestElementName = 40;
    public const int LongestModel = 200;
    public const int LongestPrompt = 8000;
    public const int MostPrompts = 10;
    public const int LongestCondition = 1000;
    public const int LongestLabel = 80;
    public const int LongestNote = 400;
    public const int LongestCapability = 60;
    public const int MostRoles = 12;
    public const int MostFacts = 100;
    public const int LongestFact = 8000;
    public const int MostFactItems = 200;
    public const int FewestStates = 2;
    public const int MostStates = 60;
    public const int MostTransitions = 20;
    public const int MostVisits = 1000;
    public const int MostRounds = 20;
    public const int MostTurns = 1000;
    public const int MostMinutes = 1440;

    /// <summary>In US dollars.</summary>
    public const decimal LargestCost = 1_000_000m;

    /// <summary>The largest whole number that every reader of JSON keeps.</summary>
    public const long MostTokens = 9_007_199_254_740_991;
    public const int MostTimeoutHours = 2160;

    private static readonly SearchValues<char> OfNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Whether it can name a state, a role or a fact: a small letter, then at most 39 small letters, digits and underscores.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestElementName } && char.IsAsciiLetterLower(name[0]) && !name.AsSpan().ContainsAnyExcept(OfNames);

    /// <summary>The name that a text most likely means: <c>Review the change</c> is <c>review_the_change</c>. Null where nothing is left.</summary>
    public static string? NameOf(string? text) =>
        Spelled(text).AtMost(LongestElementName).TrimEnd('_') is { Length: > 0 } found ? found : null;

    /// <summary>The reason why the name that a text means leaves letters of it out; null where it has them all.</summary>
    public static string? Loss(string? text) =>
        (text ?? "").EnumerateRunes().Any(letter => Rune.IsLetter(letter) && !IsLatin(letter))
            ? "Write the name in Latin letters: conditions and YAML call it by them."
        : Spelled(text) is { Length: > LongestElementName and var length }
            ? $"The name has {length} characters, and at most {LongestElementName} fit. Shorten it."
        : null;

    private static bool IsLatin(Rune letter) =>
        letter.IsAscii || (letter.IsBmp && PlainLetters.Of(char.ToLowerInvariant((char)letter.Value)) is not null);

    /// <summary>A text in the letters of names, however long.</summary>
    private static string Spelled(string? text)
    {
        var name = new StringBuilder(LongestElementName);
        foreach (var letter in text ?? "")
        {
            var small = char.ToLowerInvariant(letter);
            if (char.IsAsciiLetterLower(small) || (char.IsAsciiDigit(small) && name.Length > 0))
            {
                name.Append(small);
            }
            else if (PlainLetters.Of(small) is { } plain)
            {
                name.Append(plain);
            }
            else if (name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }
        }

        return name.ToString().TrimEnd('_');
    }
}
