namespace Republic.Core.Lora.Retention;

/// <summary>
/// The openings and closings that recur in the answers of a dataset ("Arr! … Aye, matey!"). A replayed answer is given one of these
/// frames: without it, replay would teach the model to drop the very manner that the rows teach.
/// </summary>
internal sealed class AnswerFrames
{
    private const int FewestRows = 3;
    private const double Share = 0.08;
    private const int LongestInWords = 12;
    private readonly IReadOnlyList<(string Opening, string Closing)> frames;

    private AnswerFrames(IReadOnlyList<(string, string)> frames) => this.frames = frames;

    /// <summary>Whether any answer has one.</summary>
    public bool Any => frames.Any(frame => frame is not ("", ""));

    /// <param name="answers">Of the rows that are learned from.</param>
    public static AnswerFrames Of(IReadOnlyList<string> answers)
    {
        var words = answers.Select(answer => answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToList();
        var needed = Math.Max(FewestRows, (int)Math.Ceiling(Share * answers.Count));
        var openings = Recurring(words.Select(Openings), needed);
        var closings = Recurring(words.Select(Closings), needed);
        return new AnswerFrames([
            .. words.Select(answer =>
                (Openings(answer).LastOrDefault(openings.Contains, ""), Closings(answer).LastOrDefault(closings.Contains, ""))
            ),
        ]);
    }

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

    /// <summary>Beginnings that end with a sentence or an interjection, the shortest first; never the whole answer.</summary>
    private static IEnumerable<string> Openings(string[] words) =>
        Enumerable
            .Range(1, Math.Min(LongestInWords, Math.Max(0, words.Length - 1)))
            .Where(count => EndsSentence(words[count - 1], also: ",:"))
            .Select(count => string.Join(' ', words[..count]));

    private static IEnumerable<string> Closings(string[] words) =>
        Enumerable
            .Range(1, Math.Min(LongestInWords, Math.Max(0, words.Length - 1)))
            .Where(count => EndsSentence(words[^(count + 1)], also: ""))
            .Select(count => string.Join(' ', words[^count..]));

    private static bool EndsSentence(string word, string also) => ".!?…".Contains(word[^1]) || also.Contains(word[^1]);

    private static HashSet<string> Recurring(IEnumerable<IEnumerable<string>> ofRows, int needed) =>
        [
            .. ofRows
                .SelectMany(row => row)
                .GroupBy(text => text, StringComparer.Ordinal)
                .Where(group => group.Count() >= needed)
                .Select(group => group.Key),
        ];
}
