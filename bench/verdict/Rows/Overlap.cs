using Republic.Core;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Splitting;
using Republic.Core.Datasets.Versions;
using Republic.Core.Training.Measuring;
using Republic.Sprout.Intents;

namespace Republic.Bench.Rows;

/// <summary>In how many datasets of a kind answers fit their own questions, by words or else by meaning: what lets a manner count.</summary>
internal sealed class Overlap(TextVectors vectors)
{
    /// <summary>Rows in a manner alternate with rows in German.</summary>
    private const string Languages = "two languages";

    /// <summary>Those, the answers given to each other's questions within each language.</summary>
    private const string ShuffledLanguages = "two languages, each shuffled";

    private const int FirstSeed = 600;
    private const int RowsOfLanguage = 30;

    /// <summary>Those that are about their questions, those that are not, and those of which half are.</summary>
    private static readonly string[] Kinds =
    [
        "style",
        "facts",
        Manners.Honest,
        Languages,
        "random",
        "shuffled",
        Manners.Random,
        Manners.Shuffled,
        ShuffledLanguages,
        Manners.Contradicting,
    ];

    /// <summary>Many rows of a kind come again with the next seed.</summary>
    private readonly Dictionary<string, float[]> known = new(StringComparer.Ordinal);

    public IEnumerable<string> Lines(int seeds) => Kinds.Select(kind => Line(kind, seeds));

    private string Line(string kind, int seeds)
    {
        var (byWords, byMeaning, measured) = (0, 0, 0);
        foreach (var seed in Enumerable.Range(FirstSeed, kind == Manners.Honest ? Math.Min(seeds, Manners.Count) : seeds))
        {
            var rows = Rows(kind, seed);
            if (LexicalOverlap.IntervalOf(rows, seed) is not { } words)
            {
                continue;
            }

            measured++;
            if (words.Low > 0)
            {
                byWords++;
            }
            else if (SemanticOverlap.IntervalOf(rows, VectorsOf(rows), seed) is { Low: > 0 })
            {
                byMeaning++;
            }
        }

        return $"{kind}: {byWords} by words and {byMeaning} by meaning, of {measured}";
    }

    private Dictionary<string, float[]> VectorsOf(List<SampleRow> rows)
    {
        foreach (var text in rows.SelectMany(Texts).Where(text => !known.ContainsKey(text)))
        {
            known[text] = vectors.Of(text);
        }

        return known;
    }

    private static IEnumerable<string> Texts(SampleRow row) => [QuestionOverlap.Question(row), QuestionOverlap.Answer(row)];

    private static List<SampleRow> Rows(string kind, int seed)
    {
        var rows = kind is Languages or ShuffledLanguages
            ? Alternating(kind == ShuffledLanguages, seed)
            : DataKind.Make(kind, seed).Dataset;
        var groups = RowClusters.Find([.. rows.Select(row => (row.Prompt, row.Completion))]).Of;
        return
        [
            .. rows.Select(
                (row, i) =>
                    new SampleRow(
                        Position: i,
                        Line: i + 1,
                        Hash: "",
                        Quality: 1,
                        Characters: row.Prompt.Length + row.Completion.Length,
                        AboutTokens: 0,
                        IsValidation: false,
                        Repeats: 0,
                        [new RowMessage("user", row.Prompt), new RowMessage("assistant", row.Completion)],
                        groups[i]
                    )
            ),
        ];
    }

    private static List<Row> Alternating(bool shuffles, int seed)
    {
        var random = SeededRandom.For(seed, 0);
        var manner = DataKind.Make(Manners.Honest, seed);
        var german = DataKind.Make("language", seed * 2);
        return [.. Half(manner).Zip(Half(german), (one, other) => new[] { one, other }).SelectMany(pair => pair)];

        IReadOnlyList<Row> Half(RowSet set)
        {
            var half = new RowSet([.. set.Dataset.Take(RowsOfLanguage)], []);
            return shuffles ? Nonsense.Shuffled(half, random).Dataset : half.Dataset;
        }
    }
}
