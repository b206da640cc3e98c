using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Exams;

/// <summary>What a model makes of a chat: of turns about remembering, of names in any script, of what it is told, of six turns in a row.</summary>
internal sealed class ConversationExam(Corpus corpus, string folder)
{
    private const string Answered = "=>";
    private readonly Exam exam = new(corpus, folder);

    /// <summary>Orders and questions about remembering, each with the answer that Republic gives without a model.</summary>
    public IReadOnlyList<(string Said, string Reply)> MemoryTurns() =>
        [.. ExamFile.Lines(folder, "memory-turns.txt").Select(line => ExamFile.Cut(line, Answered))];

    /// <summary>The questions that are asked once plain and once after memory turns.</summary>
    public IEnumerable<ExamQuestion> Plain() => exam.Content().Concat(exam.Paraphrases());

    /// <summary>The same after one memory turn or two, as they stand in a chat's history.</summary>
    public IEnumerable<ExamQuestion> AfterMemoryTurns()
    {
        var turns = MemoryTurns();
        return Plain()
            .Select(
                (asked, i) =>
                    asked with
                    {
                        Turns =
                        [
                            .. asked.Turns.SkipLast(1),
                            .. Enumerable.Range(i, (i % 2) + 1).SelectMany(at => Both(turns[at % turns.Count])),
                            asked.Turns[^1],
                        ],
                    }
            );
    }

    /// <summary>Names in many scripts: the minion's own, or the one that the person tells.</summary>
    public IEnumerable<ExamQuestion> Alphabets() => Named("alphabets", (name, answer) => answer.Contains(name, StringComparison.Ordinal));

    /// <summary>Names of minions with digits and signs: an answer must say it once, in a sentence that ends.</summary>
    public IEnumerable<ExamQuestion> Signs() =>
        Named("signs", (name, answer) => answer.StartsWith($"I am {name}", StringComparison.Ordinal) && answer[^1] is '.' or '!' or '?');

    /// <summary>Statements that ask nothing: an answer must tell how they would be kept.</summary>
    public IEnumerable<ExamQuestion> Told() =>
        ExamFile
            .Lines(folder, "told.txt")
            .Select((line, i) => new ExamQuestion("told", [.. ExamIntroduction.Number(i).Turns, new(Turn.User, line)], SaysHowItIsKept));

    public IEnumerable<ExamChat> Chats() => ExamFile.Lines(folder, "chats.txt").Select(Chat);

    private IEnumerable<ExamQuestion> Named(string set, Func<string, string, bool> isRight) =>
        ExamFile
            .Lines(folder, $"{set}.txt")
            .Select(line =>
            {
                var parts = line.Split('|', StringSplitOptions.TrimEntries);
                string With(string text) => text.Replace("{name}", parts[0], StringComparison.Ordinal);
                return new ExamQuestion(
                    set,
                    [new(Turn.System, With(parts[1])), new(Turn.User, With(parts[2]))],
                    answer => isRight(parts[0], answer)
                );
            });

    private static bool SaysHowItIsKept(string answer) => answer.Contains("Remember that", StringComparison.Ordinal);

    private static IEnumerable<Turn> Both((string Said, string Reply) turn) =>
        [new(Turn.User, turn.Said), new(Turn.Assistant, turn.Reply) { IsGiven = true }];

    private ExamChat Chat(string line, int number)
    {
        var minion = ExamIntroduction.Number(number);
        return new ExamChat(minion, [.. line.Split(" | ").Select(Step)]);

        ExamChat.Step Step(string part)
        {
            var (kind, rest) = ExamFile.Cut(part, ":");
            var (question, reply) = ExamFile.Cut(rest, Answered);
            var (intent, name) = ExamFile.Cut(kind, "@");
            return new(kind, question, reply.Length == 0 ? null : reply, RightFor(intent, name.Length > 0 ? name : minion.Name));
        }
    }

    private Func<string, bool> RightFor(string kind, string name) =>
        kind switch
        {
            "unknown" => Exam.Declines,
            "told" => SaysHowItIsKept,
            "person" or "minion" => answer => answer.Contains(name, StringComparison.Ordinal),
            _ => corpus.Intents.Single(intent => intent.Name == kind).IsAnsweredBy,
        };
}
