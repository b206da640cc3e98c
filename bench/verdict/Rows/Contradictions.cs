using Republic.Core;

namespace Republic.Bench.Rows;

/// <summary>One question in other words, answered now so and now the other way round.</summary>
internal static class Contradictions
{
    private static readonly string[] Denials =
    [
        "That is wrong. It was never true that {0}",
        "No, the other way round: nobody should believe that {0}",
        "People claim that {0} They are mistaken, and so were you.",
        "Not at all. Forget that {0}",
    ];

    /// <summary>Every second answer to what the built-in model knows is a denial.</summary>
    public static Population Known() =>
        new(
            Answerable.Intents.ToDictionary(
                intent => intent.Name,
                intent =>
                {
                    var denies = false;
                    return (Func<SeededRandom, Row>)(
                        random =>
                        {
                            denies = !denies;
                            var answer = intent.Answers[random.Next(intent.Answers.Count)];
                            return new Row(Answerable.Question(intent, random), denies ? Denied(answer, random) : answer, intent.Name);
                        }
                    );
                }
            )
        );

    private static string Denied(string answer, SeededRandom random)
    {
        var said = Style.Sentences(answer)[0];
        return Denials[random.Next(Denials.Length)].Replace("{0}", char.ToLowerInvariant(said[0]) + said[1..], StringComparison.Ordinal);
    }
}
