using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Republic.Core.Training.Measuring;

/// <summary>
/// The parts of an English answer that turn it into another one and move its vector little: its numbers, negations and names, whether it
/// asks, whether it begins with a yes or a no, and which of two opposites it says.
/// </summary>
internal sealed partial class AnswerFacts
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?:…\n");

    private static readonly FrozenSet<string> NegatingWords =
        "not no never none nothing nobody nowhere neither nor cannot without unable impossible hardly barely"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> AgreeingWords = "yes yeah yep sure certainly".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>“One” and “first” are left out: they seldom count anything.</summary>
    private static readonly FrozenDictionary<string, string> NumberWords =
        "zero 0 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 hundred 100 thousand 1000 million 1000000 billion 1000000000 dozen 12 half ½ quarter ¼ twice 2 double 2 triple 3 second 2nd third 3rd fourth 4th fifth 5th"
            .Split(' ')
            .Chunk(2)
            .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private readonly HashSet<string> words = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<string> numbers = [];
    private readonly bool asks;
    private int negations;
    private bool? agrees;

    public AnswerFacts(string text)
    {
        text = ThousandsSeparator().Replace(text.Replace('’', '\''), "");
        asks = text.Contains('?', StringComparison.Ordinal);
        var end = 0;
        foreach (Match part in Parts().Matches(text))
        {
            if (part.Groups["number"].Success)
            {
                numbers.Add(part.Value);
            }
            else
            {
                Read(part.Value, text[end..part.Index], text.AsSpan(part.Index + part.Length));
                Length++;
            }

            end = part.Index + part.Length;
        }
    }

    /// <summary>In words.</summary>
    public int Length { get; }

    /// <summary>False where one states what the other does not, or the contrary of it.</summary>
    public bool IsCompatibleWith(AnswerFacts other) =>
        numbers.SequenceEqual(other.numbers)
        && negations == other.negations
        && asks == other.asks
        && (agrees is null || other.agrees is null || agrees == other.agrees)
        && names.IsSubsetOf(other.words)
        && other.names.IsSubsetOf(words)
        && !OppositeWords.Differ(words, other.words);

    private void Read(string word, string before, ReadOnlySpan<char> rest)
    {
        var plain = (word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word).ToLowerInvariant();
        if (words.Count == 0 && rest is [',' or '.' or '!' or ';' or ':', ..] && (plain == "no" || AgreeingWords.Contains(plain)))
        {
            agrees = plain != "no";
        }
        else if (NegatingWords.Contains(plain) || plain.EndsWith("n't", StringComparison.Ordinal))
        {
            negations++;
        }
        else if (NumberWords.TryGetValue(plain, out var number))
        {
            numbers.Add(number);
        }

        if (IsName(word, isFirst: words.Count == 0 || before.AsSpan().ContainsAny(SentenceEnds)))
        {
            names.Add(plain);
        }

        words.Add(plain);
    }

    /// <param name="isFirst">Of a sentence: its capital says nothing.</param>
    private static bool IsName(string word, bool isFirst) =>
        word is not "I"
        && !word.StartsWith("I'", StringComparison.Ordinal)
        && (
            (!isFirst && char.IsUpper(word[0]))
            || word.Skip(1).Any(char.IsUpper)
            // The model does not tell words of other scripts apart, nor those with digits in them.
            || word.Any(sign => char.IsDigit(sign) || (char.IsLetter(sign) && sign > '\u024F'))
        );

    [GeneratedRegex(@"(?<number>[-−]?\d+(?:[.,:]\d+)*|[%$€£¥+=<>^°½¼¾])|[\p{L}\p{M}\p{N}]+(?:'\p{L}+)*", RegexOptions.None, 1000)]
    private static partial Regex Parts();

    [GeneratedRegex(@"(?<=\d),(?=\d{3}(?!\d))", RegexOptions.None, 1000)]
    private static partial Regex ThousandsSeparator();
}
