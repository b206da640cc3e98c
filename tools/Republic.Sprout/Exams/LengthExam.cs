using Republic.Core;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Exams;

/// <summary>
/// Up to how many prompt tokens a model answers well: the exam's content questions and paraphrases, each as the last question of chats of
/// 5 to 40 turns. What stands before it are other questions of the exam with what the model answers to each alone, so that one wrong answer
/// does not spoil the rest of a chat.
/// </summary>
internal sealed class LengthExam
{
    /// <summary>Well is what is right as often as in the shortest chats, but for a tenth.</summary>
    public const double Kept = 0.9;
    private const int Seed = 35;
    private const int MostTokens = 2048;
    private static readonly int[] Turns = [5, 10, 15, 20, 25, 30, 35, 40];

    private readonly Func<IReadOnlyList<Turn>, (string? Answer, int PromptTokens)> ask;
    private readonly IReadOnlyList<ExamQuestion> asked;
    private readonly ILookup<string, ExamQuestion> byIntroduction;
    private readonly Dictionary<ExamQuestion, string> alone = [];

    /// <param name="before">What may stand before a question, of which it may be one itself.</param>
    public LengthExam(
        Func<IReadOnlyList<Turn>, (string? Answer, int PromptTokens)> ask,
        IReadOnlyList<ExamQuestion> asked,
        IReadOnlyList<ExamQuestion> before
    ) => (this.ask, this.asked, byIntroduction) = (ask, asked, before.ToLookup(Introduction));

    public static void Run(ExamModel asked, string folder, int count, Action<string> write, CancellationToken ct)
    {
        using var asking = asked.Open(MostTokens);
        List<ExamQuestion> plain = [.. new ConversationExam(Corpus.Shared, folder).Plain()];
        var exam = new LengthExam(asking.Measured, [.. plain.Take(count)], [.. plain, .. new Exam(Corpus.Shared, folder).Unknown()]);
        write("| turns | prompt tokens | right | of | share |");
        write("| --- | --- | --- | --- | --- |");
        var length = exam.Find(row => write(row.ToString()), ct);
        write("");
        write(length is null ? "It answers well nowhere." : $"It answers well up to {length} prompt tokens.");
    }

    /// <summary>
    /// Asks in chats of 5, 10, 15, … 40 turns, then in those between the last length that went well and the first that did not.
    /// </summary>
    /// <returns>The mean prompt of the longest chats that went well, as all shorter ones did; null where none did.</returns>
    public int? Find(Action<LengthRow> write, CancellationToken ct)
    {
        List<LengthRow> rows = [];
        foreach (var turns in Turns)
        {
            Add(turns);
        }

        var goal = rows[0].Share * Kept;
        var good = rows.TakeWhile(row => row.Share > 0 && row.Share >= goal).LastOrDefault();
        if (good is null)
        {
            return null;
        }

        var between = Enumerable.Range(good.Turns + 1, good.Turns < Turns[^1] ? Turns[1] - Turns[0] - 1 : 0);
        foreach (var turns in between)
        {
            Add(turns);
            if (rows[^1].Share < goal)
            {
                break;
            }

            good = rows[^1];
        }

        return good.PromptTokens;

        void Add(int turns)
        {
            rows.Add(At(turns, ct));
            write(rows[^1]);
        }
    }

    private static string Introduction(ExamQuestion question) => question.Turns is [{ Role: Turn.System } system, ..] ? system.Text : "";

    private LengthRow At(int turns, CancellationToken ct)
    {
        var (right, of, tokens) = (0, 0, 0L);
        for (var i = 0; i < asked.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var (answer, length) = ask(Chat(asked[i], turns, i));
            if (answer is null)
            {
                continue;
            }

            (of, tokens) = (of + 1, tokens + length);
            right += asked[i].IsRight(answer) ? 1 : 0;
        }

        return new LengthRow(turns, of == 0 ? 0 : (int)(tokens / of), right, of);
    }

    /// <summary>The question after others about other things, which were asked of the same minion.</summary>
    private List<Turn> Chat(ExamQuestion question, int turns, int number)
    {
        List<ExamQuestion> others =
        [
            .. byIntroduction[Introduction(question)].Where(other => other.Kind != question.Kind || other.Kind == "unknown"),
        ];
        others.Remove(question);
        SeededRandom.For(Seed, number).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(others));
        return
        [
            .. question.Turns.SkipLast(1),
            .. others.Take(turns - 1).SelectMany(other => new[] { other.Turns[^1], new Turn(Turn.Assistant, Alone(other)) }),
            question.Turns[^1],
        ];
    }

    private string Alone(ExamQuestion question) =>
        alone.TryGetValue(question, out var known) ? known : alone[question] = ask(question.Turns).Answer!;
}
