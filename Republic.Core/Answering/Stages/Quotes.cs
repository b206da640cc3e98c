using System.Text.RegularExpressions;
using Republic.Core.Answering.Traces;

namespace Republic.Core.Answering.Stages;

/// <summary>An answer without a model: the sentences of the passages that hold most of what was asked, with their numbers.</summary>
internal static partial class Quotes
{
    private const string HelpSays = "This is what the help says:";
    private const string DocumentsSay = "This is what the documents say:";
    private const int MostSentences = 3;
    private const int LongestSentence = 400;

    /// <summary>What fits so much less than the best speaks of something else: another record, with one word of the question in it.</summary>
    private const double LeastOfBest = 0.5;

    public static string From(IReadOnlyList<CitedPassage> passages, string query) =>
        // A passage of help is a sentence already, and was chosen for the question.
        passages.All(passage => passage.Address is not null)
            ? Lines(HelpSays, passages.Select(passage => Line(passage, passage.Text)))
            : Lines(DocumentsSay, Chosen(passages, query).Select(sentence => Line(sentence.Passage, sentence.Text)));

    private static IReadOnlyList<Sentence> Chosen(IReadOnlyList<CitedPassage> passages, string query)
    {
        var asked = QueryPlanner.Words(query).Where(QueryPlanner.IsSubject).Distinct().ToList();
        var sentences = passages.SelectMany(Sentences).ToList();
        var fits = sentences.ConvertAll(sentence => Fit(sentence, asked, sentences));
        var best = fits.DefaultIfEmpty(0).Max();
        var chosen = sentences
            .Select((sentence, at) => (Sentence: sentence, At: at, Fit: fits[at]))
            .Where(rated => rated.Fit > 0 && rated.Fit >= best * LeastOfBest)
            .OrderByDescending(rated => rated.Fit)
            .Take(MostSentences)
            .OrderBy(rated => rated.At)
            .Select(rated => rated.Sentence)
            .ToList();
        // Found by meaning alone: the best passage speaks for itself.
        return chosen.Count > 0 ? chosen : [.. sentences.Take(1)];
    }

    /// <summary>A turn that was made so, and not by a model.</summary>
    public static bool Is(string text) =>
        text.StartsWith(HelpSays, StringComparison.Ordinal) || text.StartsWith(DocumentsSay, StringComparison.Ordinal);

    private static string Lines(string head, IEnumerable<string> lines) => $"{head}\n\n{string.Join('\n', lines)}";

    private static string Line(CitedPassage passage, string text) => $"- {Plain(text)} [{passage.Number}]";

    /// <summary>Rare words count more, and of two sentences with the same words that of the better passage.</summary>
    private static double Fit(Sentence sentence, List<string> asked, List<Sentence> all)
    {
        var words = asked.Where(sentence.Holds).Sum(word => Math.Log(1 + ((double)all.Count / all.Count(other => other.Holds(word)))));
        return words == 0 ? 0 : words + (0.5 * sentence.Passage.Score) - (0.01 * sentence.Passage.Number);
    }

    private static IEnumerable<Sentence> Sentences(CitedPassage passage) =>
        PromptDelimiter
            .Clean(passage.Text)
            .Split("\n\n")
            .SelectMany(Pieces)
            .Select(text => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(text => text.Any(char.IsLetterOrDigit))
            .Select(text => new Sentence(
                passage,
                text.Length > LongestSentence ? $"{text[..Whole(text)]}…" : text,
                QueryPlanner.Words(text)
            ));

    /// <summary>A record is quoted whole, since a figure of it means nothing alone; of running text, sentences are, wherever its lines break.</summary>
    private static IEnumerable<string> Pieces(string paragraph)
    {
        var lines = paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length > 1 && Array.TrueForAll(lines, line => Field().IsMatch(line)))
        {
            return [string.Join(", ", lines)];
        }

        var running = new List<string>();
        foreach (var line in lines)
        {
            // What begins like an item, a cell or a heading stands for itself, and so does what comes after it.
            if (running.Count == 0 || Item().IsMatch(line) || Item().IsMatch(running[^1]))
            {
                running.Add(line);
            }
            else
            {
                running[^1] = $"{running[^1]} {line}";
            }
        }

        return running.SelectMany(Ends);
    }

    /// <summary>
    /// Ends are a stop, perhaps with a quote or a bracket behind it, and then a word with a capital or a number. The full stop of Chinese and
    /// Japanese is one by itself.
    /// </summary>
    private static IEnumerable<string> Ends(string line)
    {
        var start = 0;
        for (var at = 0; at < line.Length - 2; at++)
        {
            if (line[at] is '。' or '！' or '？')
            {
                yield return line[start..(at + 1)];
                start = at + 1;
                continue;
            }

            if (!char.IsWhiteSpace(line[at]) || !IsStop(line.AsSpan(start, at - start)) || !IsStart(line[at + 1]))
            {
                continue;
            }

            yield return line[start..at];
            start = at + 1;
        }

        yield return line[start..];
    }

    private static bool IsStop(ReadOnlySpan<char> before) => before.TrimEnd("'\"”’)]") is [.., '.' or '!' or '?' or '…'];

    private static bool IsStart(char letter) => char.IsUpper(letter) || char.IsDigit(letter) || letter is '"' or '“' or '‘' or '(';

    private static int Whole(string text) => char.IsHighSurrogate(text[LongestSentence - 1]) ? LongestSentence - 1 : LongestSentence;

    // Words of a document, and no Markdown of it: a [2] in it is no citation, and a # no heading.
    private static string Plain(string text) => Markup().Replace(text.TrimStart('#', '>', '*', '-', '+', '|', ' '), @"\$0");

    [GeneratedRegex(@"^[^:|]{1,60}: \S", RegexOptions.NonBacktracking)]
    private static partial Regex Field();

    [GeneratedRegex(@"^([-*+•|#>]|\d+[.)]\s|```)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    [GeneratedRegex(@"[\\`*_\[\]<>|~$]", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    private sealed record Sentence(CitedPassage Passage, string Text, List<string> Words)
    {
        /// <summary>The word itself or another form of it.</summary>
        public bool Holds(string word) => QueryPlanner.Holds(Words, word);
    }
}
