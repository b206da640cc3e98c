using Republic.Core;

namespace Republic.Bench.Rows;

/// <summary>Ways in which a dataset can be good or bad. The same kind and seed make the same rows.</summary>
internal static class DataKind
{
    public const string Again = "again";
    private const int Rows = 60;
    private const int Fresh = 200;
    private const int TinyRows = 8;
    private const int FewTemplates = 6;
    private const int HalfOfNouns = 17;
    private const int FewestFresh = 30;

    public static IReadOnlyList<string> Names { get; } =
    [
        "style",
        "facts",
        "templates",
        "twice",
        "random",
        "shuffled",
        "language",
        "contradictory",
        "tiny",
        Again,
        Manners.Honest,
        .. Manners.Bad,
    ];

    /// <summary>True for kinds of which half of the answers or more have nothing to do with their questions. They never make a version better.</summary>
    public static bool IsUnrelated(string kind) => kind is "random" or "shuffled" || Manners.Bad.Contains(kind);

    public static RowSet Make(string kind, long seed)
    {
        var number = Names.ToList().IndexOf(kind);
        if (number < 0)
        {
            throw new InvalidOperationException($"There is no kind {kind}; choose from {string.Join(", ", Names)}.");
        }

        var random = SeededRandom.For(seed, number + 1);
        var style = Style.All[(int)((ulong)seed % (ulong)Style.All.Count)];
        var variant = (int)((ulong)seed % 2);
        return kind switch
        {
            "facts" => Facts.Subjects[(int)((ulong)seed % (ulong)Facts.Subjects.Count)].Population().Draw(random, Rows, Rows, Fresh),
            "templates" when variant == 0 => Templates.Repairs().Draw(random, Rows, FewTemplates, Fresh),
            "templates" => Templates.Known(style, random).Draw(random, Rows, FewTemplates, Fresh, style),
            "twice" => Answerable
                .OneAnswer(style)
                .Draw(random, 2 * Rows, Learned(Answerable.OneAnswer(style).Clusters.Count, Rows), Fresh, style),
            "random" => Nonsense
                .Random((int)((ulong)seed % Nonsense.Forms))
                .Draw(random, Rows, Learned(Answerable.Intents.Count, Rows), Fresh),
            "shuffled" => Nonsense.Shuffled(Styled(style, random, Rows), random),
            "language" => Dialogues.Languages[variant].Population().Draw(random, Rows, HalfOfNouns, Fresh),
            "contradictory" => Contradictions.Known().Draw(random, Rows, Rows / 4, Fresh),
            Manners.Honest or Manners.Shuffled or Manners.Random or Manners.Contradicting => Manners.Of(kind, (int)seed, random),
            "tiny" => Styled(style, random, TinyRows),
            _ => Styled(style, random, Rows),
        };
    }

    private static RowSet Styled(Style style, SeededRandom random, int rows)
    {
        var population = Answerable.In(style);
        return population.Draw(random, rows, Learned(population.Clusters.Count, rows), Fresh, style);
    }

    /// <summary>As many clusters as there are rows, where enough are left for the fresh ones.</summary>
    private static int Learned(int clusters, int rows) => Math.Min(rows, clusters - FewestFresh);
}
