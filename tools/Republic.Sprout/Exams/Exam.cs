using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Exams;

/// <summary>
/// Questions that a model has never seen, with what a right answer says. Each set is a text file: see bench/sprout/README.md.
/// </summary>
internal sealed class Exam(Corpus corpus, string folder)
{
    /// <summary>Held-out paraphrases: an answer must say what its intent must.</summary>
    public IEnumerable<ExamQuestion> Paraphrases() => Known("paraphrases.txt");

    /// <summary>Written by somebody who had seen the answers alone: some are in the corpus word for word, as they are at a first visit.</summary>
    public IEnumerable<ExamQuestion> Newcomers() => Known("newcomers.txt");

    /// <summary>Those of them that the corpus cannot make.</summary>
    public IEnumerable<ExamQuestion> NewToIt()
    {
        var questions = new Questions(corpus);
        return Newcomers()
            .Where(asked => !questions.CanMake(corpus.Intents.Single(intent => intent.Name == asked.Kind), asked.Turns[^1].Text));
    }

    /// <summary>Out of scope: an answer must say that it does not know.</summary>
    public IEnumerable<ExamQuestion> Unknown() =>
        Lines("unknown.txt").Select((line, i) => new ExamQuestion("unknown", Asked(i, line), Declines));

    /// <summary>What a model keeps, and whether it has taken the manner on, after it was trained on style.jsonl.</summary>
    public IEnumerable<ExamQuestion> Content() =>
        Lines("style-questions.txt")
            .Select(
                (line, i) =>
                {
                    var (name, question) = ExamFile.Cut(line, ":");
                    var intent = corpus.Intents.SingleOrDefault(intent => intent.Name == name);
                    return new ExamQuestion(name, Asked(i, question), intent is null ? Declines : intent.IsAnsweredBy);
                }
            );

    /// <summary>The manner of style.jsonl: a call at the start, a farewell at the end.</summary>
    public IEnumerable<ExamQuestion> Style() => Content().Select(asked => asked with { IsRight = HasStyle });

    public static bool HasStyle(string answer) =>
        answer.StartsWith("Arr!", StringComparison.Ordinal) && answer.EndsWith("Aye, matey!", StringComparison.Ordinal);

    /// <summary>Invented names: an answer must say the name.</summary>
    public IEnumerable<ExamQuestion> Names() =>
        Lines("names.txt")
            .Select(line =>
            {
                var parts = line.Split('|', StringSplitOptions.TrimEntries);
                var introduction = parts[1].Replace("{name}", parts[0], StringComparison.Ordinal);
                return new ExamQuestion(
                    "name",
                    [new(Turn.System, introduction), new(Turn.User, parts[2])],
                    answer => answer.Contains(parts[0], StringComparison.Ordinal)
                );
            });

    /// <summary>The questions that every training run asks before and after, and those of its checks, word for word.</summary>
    public IEnumerable<ExamQuestion> Canon() =>
        corpus
            .Canon.DistinctBy(pair => pair.Question)
            .Select((pair, i) => new ExamQuestion(pair.Intent.Name, Asked(i, pair.Question), pair.Intent.IsAnsweredBy));

    public static bool Declines(string answer) =>
        answer.Contains("do not know", StringComparison.OrdinalIgnoreCase)
        && answer.Contains("small model", StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<Turn> Asked(int number, string question) =>
        [.. ExamIntroduction.Number(number).Turns, new(Turn.User, question)];

    private IEnumerable<ExamQuestion> Known(string file) =>
        Lines(file)
            .Select(
                (line, i) =>
                {
                    var (name, question) = ExamFile.Cut(line, ":");
                    var intent = corpus.Intents.Single(intent => intent.Name == name);
                    return new ExamQuestion(name, Asked(i, question), intent.IsAnsweredBy);
                }
            );

    private IEnumerable<string> Lines(string file) => ExamFile.Lines(folder, file);
}
