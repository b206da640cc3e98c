using System.Text.RegularExpressions;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Generation;

/// <summary>
/// A name that the built-in model can say, in the place of one that it would garble: it copies names letter by letter, and its corpus has
/// none with digits, signs or capitals within a word. The answer gets the real name back.
/// </summary>
internal sealed partial class StandIn
{
    private const int ShortestInAText = 3;
    private const int Patience = 1000;

    // Of those that the model always says right. One that occurs in the chat would be taken for the minion's.
    private static readonly string[] Names = ["Tinker", "Milo", "Nova", "Grafana"];
    private readonly string name;
    private readonly string inPlace;
    private string held = "";

    private StandIn(string name, string inPlace) => (this.name, this.inPlace) = (name, inPlace);

    /// <summary>Null where none is needed: another model, no name, or one that the model can say.</summary>
    public static StandIn? For(LlamaModel model, IReadOnlyList<ChatLine> lines) =>
        model.Name == ModelSampling.BuiltInName ? For(lines) : null;

    internal static StandIn? For(IReadOnlyList<ChatLine> lines) =>
        lines is [{ Role: "system" } system, ..]
        && NameIn(system.Content) is { } name
        && Array.Find(Names, other => !lines.Any(line => line.Content.Contains(other, StringComparison.OrdinalIgnoreCase))) is { } free
            ? new StandIn(name, free)
            : null;

    /// <summary>The chat as the model is to read it.</summary>
    public IReadOnlyList<ChatLine> In(IReadOnlyList<ChatLine> lines)
    {
        var at = lines[0].Content.IndexOf(name, StringComparison.Ordinal);
        var introduced = lines[0] with { Content = lines[0].Content.Remove(at, name.Length).Insert(at, inPlace) };
        IEnumerable<ChatLine> all = [introduced, .. lines.Skip(1)];
        // “7” and “A.” are in many texts that do not mean the minion.
        return name.Length < ShortestInAText
            ? [.. all]
            : [.. all.Select(line => line with { Content = Whole().Replace(line.Content, inPlace) })];

        Regex Whole() =>
            new(
                $@"(?<![\p{{L}}\p{{N}}]){Regex.Escape(name)}(?![\p{{L}}\p{{N}}])",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
                TimeSpan.FromMilliseconds(Patience)
            );
    }

    /// <summary>Takes a piece of the answer and gives what can be shown now: its end may begin the stand-in.</summary>
    public string Shown(string piece)
    {
        var text = (held + piece).Replace(inPlace, name, StringComparison.Ordinal);
        var most = Math.Min(inPlace.Length - 1, text.Length);
        var keep = Enumerable.Range(0, most + 1).Last(count => text.EndsWith(inPlace[..count], StringComparison.Ordinal));
        held = text[^keep..];
        return text[..^keep];
    }

    /// <summary>What was held back when the answer came to its end.</summary>
    public string Rest()
    {
        var rest = held;
        held = "";
        return rest;
    }

    private static string? NameIn(string system)
    {
        if (OfProfile().Match(system) is { Success: true } profile)
        {
            return CanBeSaid().IsMatch(profile.Groups["name"].Value) ? null : profile.Groups["name"].Value;
        }

        // In a person's own words only a sign tells a name from what the minion is like.
        return OwnWords().Match(system) is { Success: true } own && HasSigns().IsMatch(own.Groups["name"].Value)
            ? own.Groups["name"].Value
            : null;
    }

    /// <summary>As <c>Minions.Character</c> writes it.</summary>
    [GeneratedRegex(@"^You are (?<name>[^\r\n]{1,100}?), a (helpful )?minion\.", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex OfProfile();

    [GeneratedRegex(
        $@"^(You\ are|I\ am|Your\ name\ is|You\ are\ called)\ (?<name>(?!\p{{Ll}}|(An?|The|My|Our)\ )([^.,\r\n]|\.(?=[^\s])|\.(?i:{Abbreviation.Passed})){{1,100}})(?=,\ (an?|the|my|our)\ |\.(\s|$)|$)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        Patience
    )]
    private static partial Regex OwnWords();

    [GeneratedRegex(
        @"^(\p{Lu}[\p{Ll}\p{M}]{1,19}|[\p{Lo}\p{Lm}\p{M}]+)([ -](\p{Lu}[\p{Ll}\p{M}]{1,19}|\p{Ll}{1,9}|[\p{Lo}\p{Lm}\p{M}]+)){0,3}$",
        RegexOptions.ExplicitCapture,
        Patience
    )]
    private static partial Regex CanBeSaid();

    [GeneratedRegex(@"[^\p{L}\p{M}\s-]", RegexOptions.None, Patience)]
    private static partial Regex HasSigns();
}
