using System.Globalization;
using Republic.Core.Llama.Files;
using Republic.Sprout.Dialogues;
using Republic.Sprout.Intents;

namespace Republic.Sprout.Exams;

/// <summary>Asks a model all sets of the exam and writes a table, and every wrong answer.</summary>
internal static class SproutExam
{
    /// <param name="embeddingModel">The file of one, to ask as chats do; null asks the model as it is.</param>
    /// <param name="count">How many questions of each set, and chats, are asked at most.</param>
    public static void Run(ExamModel asked, string? embeddingModel, string folder, int count, Action<string> write, CancellationToken ct)
    {
        using var model = asked.Open();
        using var vectors = embeddingModel is null ? null : new TextVectors(embeddingModel);
        Func<IReadOnlyList<Turn>, string> answer =
            vectors is not null && ModelIntents.Of(asked.Path) is { } intents
                ? new IntentAsking(model, intents, vectors).Answer
                : model.Answer;
        var madeUp = new MadeUpWordCounter(ModelWords.Of(asked.Path));
        List<string> table = ["| set | right | of | share |", "| --- | --- | --- | --- |"];
        foreach (var (name, set) in Sets(folder, hasAdapter: asked.Adapter is not null))
        {
            Add(name, set.Take(count).Select(one => (one.Kind, (IReadOnlyList<Turn>)one.Turns, answer(one.Turns), one.IsRight)));
        }

        Add("six-turn chats", new ConversationExam(Corpus.Shared, folder).Chats().Take(count).SelectMany(chat => Answers(answer, chat)));
        write("");
        table.ForEach(write);
        write("");
        write($"{madeUp}");

        void Add(string name, IEnumerable<(string Kind, IReadOnlyList<Turn> Prompt, string Answer, Func<string, bool> IsRight)> answers)
        {
            var (right, all) = (0, 0);
            foreach (var given in answers)
            {
                ct.ThrowIfCancellationRequested();
                all++;
                if (madeUp.Add(given.Prompt, given.Answer) is { Count: > 0 } words)
                {
                    write($"{name}, made up {string.Join(", ", words)}: {given.Prompt[^1].Text} -> {given.Answer}");
                }

                if (given.IsRight(given.Answer))
                {
                    right++;
                }
                else
                {
                    write($"{name}, {given.Kind}: {given.Prompt[^1].Text} -> {given.Answer}");
                }
            }

            if (all > 0)
            {
                table.Add(string.Create(CultureInfo.InvariantCulture, $"| {name} | {right} | {all} | {100.0 * right / all:0.0} % |"));
            }
        }
    }

    private static IEnumerable<(string Name, IEnumerable<ExamQuestion> Set)> Sets(string folder, bool hasAdapter)
    {
        var (exam, talk) = (new Exam(Corpus.Shared, folder), new ConversationExam(Corpus.Shared, folder));
        return
        [
            ("word for word", exam.Canon()),
            ("paraphrases", exam.Paraphrases()),
            ("newcomers", exam.Newcomers()),
            ("newcomers, not in the corpus", exam.NewToIt()),
            ("out of scope", exam.Unknown()),
            ("invented names", exam.Names()),
            ("style questions: content", exam.Content()),
            ("style questions: style", hasAdapter ? exam.Style() : []),
            ("names in nine scripts, and long ones", talk.Alphabets()),
            ("names with digits and signs", talk.Signs()),
            ("told without a question", talk.Told()),
            ("content and paraphrases", talk.Plain()),
            ("the same after memory turns", talk.AfterMemoryTurns()),
        ];
    }

    /// <summary>A chat's answers as they come, each with those before it in the history.</summary>
    private static IEnumerable<(string Kind, IReadOnlyList<Turn> Prompt, string Answer, Func<string, bool> IsRight)> Answers(
        Func<IReadOnlyList<Turn>, string> ask,
        ExamChat chat
    )
    {
        List<Turn> turns = [.. chat.Minion.Turns];
        foreach (var step in chat.Steps)
        {
            turns.Add(new Turn(Turn.User, step.Question));
            var answer = step.Reply ?? ask(turns);
            turns.Add(new Turn(Turn.Assistant, answer));
            if (step.Reply is null)
            {
                yield return (step.Kind, turns[..^1], answer, step.IsRight);
            }
        }
    }
}
