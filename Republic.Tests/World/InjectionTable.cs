using Republic.Tests.Architecture;

namespace Republic.Tests.World;

/// <summary>The outcomes of texts that tell a model to call tools, as docs/tool-safety.md has them.</summary>
internal static class InjectionTable
{
    private const string Corner = "| the text says |";

    public static string Page { get; } = File.ReadAllText(Path.Combine(SourceFile.Root, "docs", "tool-safety.md"));

    /// <summary>The table that stands in the page.</summary>
    public static string OfPage() =>
        string.Join(
            '\n',
            Page.Split('\n').SkipWhile(line => !line.StartsWith(Corner, StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|'))
        );

    public static string Of(IReadOnlyList<Injection> injections, IReadOnlyDictionary<Injection, string> outcomes)
    {
        var vectors = Enum.GetValues<InjectionVector>();
        List<string> lines =
        [
            $"{Corner} {string.Join(" | ", vectors.Select(NameOf))} |",
            $"| --- |{string.Concat(Enumerable.Repeat(" --- |", vectors.Length))}",
            .. injections
                .GroupBy(injection => injection.Goal.Name)
                .Select(goal =>
                    $"| {goal.Key} | {string.Join(" | ", vectors.Select(vector => Cell(goal.Where(one => one.Vector == vector).Select(one => outcomes[one]))))} |"
                ),
        ];
        return string.Join('\n', lines);
    }

    /// <summary>One word where all wordings came to the same.</summary>
    private static string Cell(IEnumerable<string> outcomes) => string.Join(" / ", outcomes.Distinct().Order(StringComparer.Ordinal));

    private static string NameOf(InjectionVector vector) =>
        vector switch
        {
            InjectionVector.Passage => "passage found",
            InjectionVector.FoundPassage => "`search_knowledge`",
            InjectionVector.ServerResult => "server's result",
            InjectionVector.Description => "server's description",
            InjectionVector.WebPage => "web page",
            InjectionVector.Comment => "task's comment",
            _ => "earlier chat",
        };
}
