using Republic.Core;
using Republic.Sprout.Dialogues;
using Republic.Sprout.Exams;

namespace Republic.Bench.Rows;

/// <summary>Questions that the built-in model can answer, and its answers. What the exam asks is never among them.</summary>
internal static class Answerable
{
    private static readonly Questions Questions = new(Corpus.Shared);
    private static readonly HashSet<string> Asked = new(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<Intent> Intents => Corpus.Shared.Intents;

    /// <summary>Leaves out the questions of an exam.</summary>
    public static void LeaveOut(string folder)
    {
        var exam = new Exam(Corpus.Shared, folder);
        foreach (var question in exam.Paraphrases().Concat(exam.Newcomers()).Concat(exam.Content()))
        {
            Asked.Add(Pattern.Bare(question.Turns[^1].Text));
        }
    }

    public static string Question(Intent intent, SeededRandom random)
    {
        while (true)
        {
            var words = new WordChoice(random, Corpus.Shared.Lists).With("name", "Sprout").With("character", "Sprout");
            var question = Questions.Question(intent, words);
            if (!Asked.Contains(Pattern.Bare(question)))
            {
                return question;
            }
        }
    }

    /// <summary>The answers of an intent in a manner, as far as they still say what they must.</summary>
    public static IReadOnlyList<string> Answers(Intent intent, Style? style) =>
        [.. intent.Answers.Select(answer => style?.Of(answer) ?? answer).Where(intent.IsAnsweredBy)];

    /// <summary>One cluster for each intent.</summary>
    public static Population In(Style? style) =>
        new(
            Intents
                .Select(intent => (intent, Answers: Answers(intent, style)))
                .Where(found => found.Answers.Count > 0)
                .ToDictionary(
                    found => found.intent.Name,
                    found =>
                        (Func<SeededRandom, Row>)(
                            random => new Row(
                                Question(found.intent, random),
                                found.Answers[random.Next(found.Answers.Count)],
                                found.intent.Name
                            )
                        )
                )
        );

    /// <summary>One answer for each intent, so that every row of a cluster is the same answer in other words of the question.</summary>
    public static Population OneAnswer(Style style) =>
        new(
            Intents
                .Select(intent => (intent, All: Answers(intent, style)))
                .Where(found => found.All.Count > 0)
                .ToDictionary(
                    found => found.intent.Name,
                    found => (Func<SeededRandom, Row>)(random => new Row(Question(found.intent, random), found.All[0], found.intent.Name))
                )
        );
}
