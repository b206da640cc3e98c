using System.Text;

namespace Republic.Core.Knowledge;

/// <summary>
/// Words of scripts that put no spaces between them: Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese. A run of such signs is searched by
/// its pairs, each sign with the one after it, and the last alone.
/// </summary>
internal static class CjkBigrams
{
    /// <summary>More pairs of one question tell nothing new, and each is looked up.</summary>
    private const int MostAsked = 500;

    /// <summary>Letters of these scripts and what is written over and under them; no stops, no digits.</summary>
    private static readonly (int First, int Last)[] Signs =
    [
        (0x0e01, 0x0e3a),
        (0x0e40, 0x0e4e),
        (0x0e81, 0x0ece),
        (0x1000, 0x103f),
        (0x1050, 0x109f),
        (0x1100, 0x11ff),
        (0x1780, 0x17d3),
        (0x3005, 0x3007),
        (0x3041, 0x309f),
        (0x30a1, 0x30fa),
        (0x30fc, 0x30ff),
        (0x3131, 0x318e),
        (0x31f0, 0x31ff),
        (0x3400, 0x4dbf),
        (0x4e00, 0x9fff),
        (0xac00, 0xd7a3),
        (0xf900, 0xfaff),
        (0xff66, 0xff9f),
        (0x20000, 0x323af),
    ];

    /// <summary>What is stored of such runs: every pair, and the last sign of each run, so that it is found alone.</summary>
    public static string[] Indexed(string? heading, string text) =>
        [
            .. Runs(heading ?? "")
                .Concat(Runs(text))
                .SelectMany(run => Pairs(run).Append(run[^1].ToString()))
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>What is asked of such runs: their pairs, and a sign that stands alone. Each is to be looked for as the begin of a word.</summary>
    public static string[] Of(string text) => [.. Runs(text).SelectMany(Asked).Distinct(StringComparer.Ordinal).Take(MostAsked)];

    /// <summary>The text without such runs.</summary>
    public static string Without(string text)
    {
        if (!text.EnumerateRunes().Any(IsSign))
        {
            return text;
        }

        var rest = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            rest.Append(IsSign(rune) ? " " : rune.ToString());
        }

        return rest.ToString();
    }

    /// <summary>Puts marks around the signs that a question has in common with a text.</summary>
    public static string Mark(string text, IReadOnlyCollection<string> asked, char begin, char end)
    {
        if (asked.Count == 0)
        {
            return text;
        }

        var known = asked.ToHashSet(StringComparer.Ordinal);
        Rune[] runes = [.. text.EnumerateRunes()];
        var common = new bool[runes.Length + 1];
        for (var at = 0; at < runes.Length; at++)
        {
            common[at] |= known.Contains(runes[at].ToString());
            if (at + 1 < runes.Length && IsSign(runes[at]) && known.Contains($"{runes[at]}{runes[at + 1]}"))
            {
                (common[at], common[at + 1]) = (true, true);
            }
        }

        var marked = new StringBuilder(text.Length + 16);
        for (var at = 0; at < runes.Length; at++)
        {
            var isBegin = common[at] && (at == 0 || !common[at - 1]);
            marked.Append(isBegin ? begin.ToString() : "").Append(runes[at].ToString());
            marked.Append(common[at] && !common[at + 1] ? end.ToString() : "");
        }

        return marked.ToString();
    }

    /// <summary>True for a sign of one of these scripts.</summary>
    public static bool IsSign(Rune rune) =>
        rune.Value >= Signs[0].First && Array.Exists(Signs, range => rune.Value >= range.First && rune.Value <= range.Last);

    private static IEnumerable<string> Asked(Rune[] run) => run.Length == 1 ? [run[0].ToString()] : Pairs(run);

    private static IEnumerable<string> Pairs(Rune[] run) => run.Zip(run.Skip(1), (one, next) => $"{one}{next}");

    private static IEnumerable<Rune[]> Runs(string text)
    {
        List<Rune> run = [];
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsSign(rune))
            {
                run.Add(rune);
            }
            else if (run.Count > 0)
            {
                yield return [.. run];
                run.Clear();
            }
        }

        if (run.Count > 0)
        {
            yield return [.. run];
        }
    }
}
