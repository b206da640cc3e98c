using Republic.Core;

namespace Republic.Bench.Rows;

/// <summary>Questions and answers that are the same but for two words. Each template is a cluster.</summary>
internal static class Templates
{
    private static readonly string[] Greetings =
    [
        "Hello, {p} here.",
        "This is {p} from {t}.",
        "A question from {t}:",
        "My friend {p} asks:",
        "{p} and I wonder:",
        "Greetings from {t}!",
        "I am {p}, new in {t}.",
        "For my neighbour {p} in {t}:",
    ];
    private static readonly string[] Closings =
    [
        "So says old {p} of {t}.",
        "Tell {p} the same.",
        "{p} in {t} does it like that, too.",
        "Greet {p} for me.",
        "They say so in {t}.",
        "Ask {p} from {t} if you wish.",
    ];
    private static readonly string[] People =
    [
        "Nora",
        "Emil",
        "Tessa",
        "Bo",
        "Ilka",
        "Jan",
        "Mara",
        "Otis",
        "Pia",
        "Rolf",
        "Uwe",
        "Vera",
        "Yann",
        "Zita",
    ];
    private static readonly string[] Towns =
    [
        "Ambrey",
        "Colwick",
        "Dornum",
        "Eskdale",
        "Farring",
        "Holm",
        "Marlow",
        "Norden",
        "Tarbert",
        "Welby",
    ];

    /// <summary>Of what the built-in model knows: one question and one answer for each intent, in a style.</summary>
    public static Population Known(Style style, SeededRandom made) =>
        new(
            Answerable
                .Intents.Select(intent => (intent, Answers: Answerable.Answers(intent, style)))
                .Where(found => found.Answers.Count > 0)
                .ToDictionary(
                    found => found.intent.Name,
                    found =>
                    {
                        var (question, answer) = (Answerable.Question(found.intent, made), found.Answers[0]);
                        return (Func<SeededRandom, Row>)(
                            random => Filled($"{{g}} {question}", $"{answer} {{c}}", found.intent.Name, random)
                        );
                    }
                )
        );

    /// <summary>Of a repair shop: each problem is a template.</summary>
    public static Population Repairs() =>
        new(
            Repair.Problems.ToDictionary(
                problem => problem.Told,
                problem =>
                    (Func<SeededRandom, Row>)(
                        random =>
                        {
                            var thing = Repair.Things[random.Next(Repair.Things.Length)];
                            return Filled(
                                $"{{g}} My {thing} {problem.Told}. What now?",
                                $"Dear customer, {problem.Answer.Replace("{thing}", thing, StringComparison.Ordinal)} {{c}}",
                                problem.Told,
                                random
                            );
                        }
                    )
            )
        );

    private static Row Filled(string prompt, string completion, string cluster, SeededRandom random)
    {
        var (person, town) = (People[random.Next(People.Length)], Towns[random.Next(Towns.Length)]);
        string With(string text) =>
            text.Replace("{g}", Greetings[random.Next(Greetings.Length)], StringComparison.Ordinal)
                .Replace("{c}", Closings[random.Next(Closings.Length)], StringComparison.Ordinal)
                .Replace("{p}", person, StringComparison.Ordinal)
                .Replace("{t}", town, StringComparison.Ordinal);
        return new Row(With(prompt), With(completion), cluster);
    }
}
