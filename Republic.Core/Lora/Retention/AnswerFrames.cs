using Republic.Core.Lora.Rows;

namespace Republic.Core.Lora.Retention;

/// <summary>
/// The openings and closings that recur in the answers of a dataset ("Arr! … Aye, matey!"). A replayed answer is given one of these
/// frames: without it, replay would teach the model to drop the very manner that the rows teach. A manner is what most answers have,
/// whatever was asked: the "Yes, gladly." of every second row that asks a favour is an answer, and put before others it would teach
/// the model to open those with an answer to something else.
/// </summary>
internal sealed class AnswerFrames
{
    private const int FewestRows = 3;
    private const double Share = 0.08;
    private const int LongestInWords = 12;

    /// <summary>The smallest share of answers with a recurring opening, or closing, that makes these the manner of a dataset.</summary>
    private const double Most = 0.5;

    /// <summary>By how much questions behind one opening may be more alike than any, as |A ∩ B| / |A ∪ B| of their words.</summary>
    private const double AlikeBeyond = 0.2;

    /// <summary>More rows cost time and tell nothing new.</summary>
    private const int Compared = 60;
    private readonly IReadOnlyList<(string Opening, string Closing)> frames;

    private AnswerFrames(IReadOnlyList<(string, string)> frames) => this.frames = frames;

    /// <summary>Whether any answer has one.</summary>
    public bool Any => frames.Any(frame => frame is not ("", ""));

    /// <param name="rows">That are learned from.</param>
    public static AnswerFrames Of(IReadOnlyList<ChatRow> rows)
    {
        var questions = rows.Select(row => Words(row.Asked).ToHashSet(StringComparer.OrdinalIgnoreCase)).ToList();
        var answers = rows.Select(row => Words(row.Answered)).ToList();
        var openings = Recurring([.. answers.Select(Openings)], questions);
        var closings = Recurring([.. answers.Select(Closings)], questions);
        return new AnswerFrames([.. openings.Zip(closings)]);
    }

    /// <summary>The opening that most answers begin with, and the closing that most end with; empty where there is none.</summary>
    public (string Opening, string Closing) Usual =>
        (MostFrequent(frames.Select(frame => frame.Opening)), MostFrequent(frames.Select(frame => frame.Closing)));

    /// <summary>True for an answer in the manner of the rows: with one of their openings and one of their closings, where they have such.</summary>
    public bool Shows(string answer) =>
        Any
        && (frames.All(frame => frame.Opening.Length == 0) || frames.Any(frame => Begins(answer.Trim(), frame.Opening)))
        && (frames.All(frame => frame.Closing.Length == 0) || frames.Any(frame => Ends(answer.Trim(), frame.Closing)));

    /// <summary>An answer in the frame of the given row, in turn.</summary>
    public string Dress(string answer, int number)
    {
        if (frames.Count == 0)
        {
            return answer;
        }

        var (opening, closing) = frames[number % frames.Count];
        return string.Join(' ', new[] { opening, answer, closing }.Where(part => part.Length > 0));
    }

    /// <summary>An answer without the opening and the closing that it shares with the rows; as it is where nothing else would be left.</summary>
    public string Undress(string answer)
    {
        var text = answer.Trim();
        var opening = Longest(frames.Select(frame => frame.Opening).Where(opening => Begins(text, opening)));
        var opened = text[opening..].TrimStart();
        var closing = Longest(frames.Select(frame => frame.Closing).Where(closing => Ends(opened, closing)));
        var content = opened[..^closing].TrimEnd();
        return content.Length > 0 ? content : text;

        static int Longest(IEnumerable<string> found) => found.Select(part => part.Length).DefaultIfEmpty(0).Max();
    }

    private static bool Begins(string answer, string opening) => opening.Length > 0 && answer.StartsWith(opening, StringComparison.Ordinal);

    private static bool Ends(string answer, string closing) => closing.Length > 0 && answer.EndsWith(closing, StringComparison.Ordinal);

    private static string MostFrequent(IEnumerable<string> texts) =>
        texts
            .Where(text => text.Length > 0)
            .CountBy(text => text)
            .OrderByDescending(text => text.Value)
            .Select(text => text.Key)
            .FirstOrDefault("");

    /// <summary>Beginnings that end with a sentence or an interjection, the shortest first; never the whole answer.</summary>
    private static string[] Openings(string[] words) =>
        [
            .. Enumerable
                .Range(1, Math.Min(LongestInWords, Math.Max(0, words.Length - 1)))
                .Where(count => EndsSentence(words[count - 1], also: ",:"))
                .Select(count => string.Join(' ', words[..count])),
        ];

    private static string[] Closings(string[] words) =>
        [
            .. Enumerable
                .Range(1, Math.Min(LongestInWords, Math.Max(0, words.Length - 1)))
                .Where(count => EndsSentence(words[^(count + 1)], also: ""))
                .Select(count => string.Join(' ', words[^count..])),
        ];

    private static bool EndsSentence(string word, string also) => ".!?…".Contains(word[^1]) || also.Contains(word[^1]);

    /// <summary>Finds the longest recurring opening, or closing, of each row; empty where a row has none.</summary>
    private static List<string> Recurring(List<string[]> ofRows, List<HashSet<string>> questions)
    {
        var needed = Math.Max(FewestRows, (int)Math.Ceiling(Share * ofRows.Count));
        var usual = Alike(questions);
        var recurring = ofRows
            .SelectMany((row, i) => row.Select(text => (Text: text, Question: questions[i])))
            .GroupBy(found => found.Text, found => found.Question, StringComparer.Ordinal)
            .Where(group => group.Count() >= needed && Alike([.. group]) <= usual + AlikeBeyond)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        var found = ofRows.ConvertAll(row => row.LastOrDefault(recurring.Contains, ""));
        return found.Count(text => text.Length > 0) >= Most * found.Count ? found : found.ConvertAll(_ => "");
    }

    /// <summary>Computes the mean Jaccard similarity over all pairs of questions.</summary>
    private static double Alike(List<HashSet<string>> questions)
    {
        var some = questions.Where((_, i) => i % ((questions.Count / Compared) + 1) == 0).ToList();
        return some.SelectMany((one, i) => some.Skip(i + 1).Select(other => Alike(one, other))).DefaultIfEmpty(0).Average();
    }

    private static double Alike(HashSet<string> one, HashSet<string> other)
    {
        var both = one.Count(other.Contains);
        return both == 0 ? 0 : (double)both / (one.Count + other.Count - both);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
