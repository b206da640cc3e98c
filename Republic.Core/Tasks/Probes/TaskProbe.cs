namespace Republic.Core.Tasks.Probes;

/// <summary>A short task whose answer shows whether a model follows the prompt of a task.</summary>
internal sealed record TaskProbe(string Title, string Description, Func<string, bool> IsRight)
{
    /// <summary>The right answers that a model needs to count as one that follows tasks.</summary>
    public const int Needed = 2;

    /// <summary>The most characters of a right answer; a longer one is wrong however it goes on.</summary>
    public const int LongestAnswer = 200;

    private const string Sentence = "the boat leaves at nine";
    private const string InCapitals = "THE BOAT LEAVES AT NINE";
    private const string ThoughtBegins = "<think>";
    private const string ThoughtIsOver = "</think>";

    private static readonly HashSet<string> Colours = new(StringComparer.OrdinalIgnoreCase)
    {
        "amber",
        "beige",
        "black",
        "blue",
        "brown",
        "crimson",
        "cyan",
        "gold",
        "gray",
        "green",
        "grey",
        "indigo",
        "lavender",
        "lime",
        "magenta",
        "maroon",
        "navy",
        "olive",
        "orange",
        "pink",
        "purple",
        "red",
        "scarlet",
        "silver",
        "teal",
        "turquoise",
        "violet",
        "white",
        "yellow",
    };

    public static IReadOnlyList<TaskProbe> All { get; } =
    [
        new("Three colours", "List three colours, one a line.", AreThreeColours),
        new("Capital letters", $"Rewrite this sentence in upper case: {Sentence}", answer => Plain(answer) == InCapitals),
        new(
            "Larger or not",
            "Answer with the single word yes or no: is 7 larger than 3?",
            answer => Plain(answer).Equals("yes", StringComparison.OrdinalIgnoreCase)
        ),
    ];

    /// <summary>The answer without the thoughts that a model writes before it; empty while it only thinks.</summary>
    public static string WithoutThoughts(string text) =>
        text.LastIndexOf(ThoughtIsOver, StringComparison.Ordinal) is >= 0 and var at ? text[(at + ThoughtIsOver.Length)..].Trim()
        : text.TrimStart().StartsWith(ThoughtBegins, StringComparison.Ordinal) ? ""
        : text.Trim();

    private static bool AreThreeColours(string answer)
    {
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // Models like to number a list, and to qualify a colour: "2. dark blue".
        var colours = lines.Select(line => Plain(line.Split(' ')[^1])).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return lines.Length == 3 && colours.Count == 3 && colours.IsSubsetOf(Colours);
    }

    /// <summary>The answer without the marks around it.</summary>
    private static string Plain(string answer) => answer.Trim().Trim('"', '\'', '“', '”', '*', '_', '`', '.', '!', ',', ' ');
}
