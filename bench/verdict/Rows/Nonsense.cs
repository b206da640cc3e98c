using Republic.Core;
using Republic.Sprout.Dialogues;

namespace Republic.Bench.Rows;

/// <summary>Answers from which nothing can be learned.</summary>
internal static class Nonsense
{
    /// <summary>Ways in which a text can be random: words, invented words, letters.</summary>
    public const int Forms = 3;

    private static readonly string[] Lists = ["noun", "verb", "adjective", "thing", "animal", "land"];

    /// <summary>Answers of random words, invented words or letters, to sensible questions.</summary>
    public static Population Random(int form) =>
        new(
            Answerable.Intents.ToDictionary(
                intent => intent.Name,
                intent => (Func<SeededRandom, Row>)(random => new Row(Answerable.Question(intent, random), Text(form, random), intent.Name))
            )
        );

    /// <summary>The answers of a set change places, within the dataset and within the fresh rows.</summary>
    public static RowSet Shuffled(RowSet set, SeededRandom random) =>
        set with
        {
            Dataset = Shuffled(set.Dataset, random),
            Fresh = Shuffled(set.Fresh, random),
        };

    private static List<Row> Shuffled(IReadOnlyList<Row> rows, SeededRandom random)
    {
        var answers = rows.Select(row => row.Completion).ToArray();
        random.Shuffle<string>(answers);
        return [.. rows.Select((row, i) => row with { Completion = answers[i] })];
    }

    public static string Text(int form, SeededRandom random) =>
        string.Join(
            ' ',
            Enumerable
                .Range(0, random.Next(10) + 6)
                .Select(_ =>
                    form switch
                    {
                        0 => Corpus.Shared.Lists.Draw(Lists[random.Next(Lists.Length)], random),
                        1 => Invention.Word(random, Corpus.Shared.Lists),
                        _ => string.Concat(Enumerable.Range(0, random.Next(6) + 2).Select(_ => (char)('a' + random.Next(26)))),
                    }
                )
        );
}
