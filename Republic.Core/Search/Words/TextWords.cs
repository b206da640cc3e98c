using System.Globalization;
using System.Text;
using Republic.Core.Knowledge;

namespace Republic.Core.Search.Words;

/// <summary>The words of a folded text, in whatever script. No language is known, so a word is found as it stands there.</summary>
internal static class TextWords
{
    /// <summary>What is longer is the same word as all that begin alike.</summary>
    public const int Longest = 100;

    /// <summary>PostgreSQL holds 1 MiB of words for one row.</summary>
    public const int MostBytes = 1_000_000;

    public const int MostWords = 150_000;

    /// <summary>A word for a citizen. No text holds it: there an @ is a word of its own.</summary>
    public static string Of(Guid citizen) => $"@{citizen:N}";

    /// <summary>A word for a month in UTC, which no text holds either.</summary>
    public static string OfMonth(DateTime at) => at.ToString("'@'yyyyMM", CultureInfo.InvariantCulture);

    /// <summary>Words, runs, symbols and signs in their order.</summary>
    public static IEnumerable<TextWord> Cut(string folded)
    {
        for (var at = 0; at < folded.Length; )
        {
            var (kind, length) = At(folded, at);
            var end = at + length;
            if (kind is WordKind.Word or WordKind.Run)
            {
                while (end < folded.Length && At(folded, end) is var (next, more) && next == kind)
                {
                    end += more;
                }
            }

            if (kind is { } known)
            {
                var text = folded[at..end];
                yield return new TextWord(at, end - at, known == WordKind.Word ? text.AtMost(Longest) : text, known);
            }

            at = end;
        }
    }

    /// <summary>Those that a text is found by: of a run each sign with the one after it, and the last alone.</summary>
    public static IEnumerable<TextWord> Indexed(string folded)
    {
        foreach (var word in Cut(folded))
        {
            foreach (var one in word.Kind == WordKind.Run ? Pairs(word) : [word])
            {
                yield return one;
            }
        }
    }

    /// <summary>The pairs of a run, and its last sign alone, so that it is found by the beginning of a pair or by itself.</summary>
    public static IEnumerable<TextWord> Pairs(TextWord run)
    {
        for (var at = 0; at < run.Text.Length; )
        {
            var next = at + LengthAt(run.Text, at);
            var end = next < run.Text.Length ? next + LengthAt(run.Text, next) : next;
            yield return run with
            {
                Begin = run.Begin + at,
                Length = end - at,
                Text = run.Text[at..end],
            };
            at = next;
        }
    }

    /// <summary>Each of <see cref="Indexed"/> once, as many as the database holds.</summary>
    public static IReadOnlyCollection<string> Distinct(string folded)
    {
        HashSet<string> words = new(StringComparer.Ordinal);
        var bytes = 0;
        foreach (var word in Indexed(folded))
        {
            if (words.Count >= MostWords || bytes >= MostBytes)
            {
                break;
            }

            bytes += words.Add(word.Text) ? Encoding.UTF8.GetByteCount(word.Text) : 0;
        }

        return words;
    }

    private static int LengthAt(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;

    /// <summary>Null for what stands between words.</summary>
    private static (WordKind? Kind, int Length) At(string text, int at)
    {
        _ = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
        WordKind? kind = CjkBigrams.IsSign(rune)
            ? WordKind.Run
            : Rune.GetUnicodeCategory(rune) switch
            {
                <= UnicodeCategory.OtherNumber => WordKind.Word,
                <= UnicodeCategory.Surrogate => null,
                >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation => WordKind.Sign,
                // What is not known to be anything is most likely an emoji of a newer Unicode.
                _ => rune.IsAscii ? WordKind.Sign : WordKind.Symbol,
            };
        return (kind, length);
    }
}
