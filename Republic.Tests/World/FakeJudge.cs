using System.Globalization;
using System.Text.RegularExpressions;

namespace Republic.Tests.World;

/// <summary>Grades what stands between the marks of a judge's question, by a rule of the test's own.</summary>
public sealed partial class FakeJudge(Func<string, double> points)
{
    /// <summary>What the first answer gets on top, for its place alone.</summary>
    public double Bias { get; init; }

    /// <summary>Of a call of a model: whether it is one that asks for grades.</summary>
    public static bool IsAsked(string text) => text.EndsWith("Grade answer A and answer B.", StringComparison.Ordinal);

    public string Reply(string asked)
    {
        var first = Whole(points(Between(asked, "answer A")) + Bias);
        var second = Whole(points(Between(asked, "answer B")));
        return $$"""{"answer_a": {{Grade(first)}}, "answer_b": {{Grade(second)}}}""";
    }

    /// <summary>The text of one part; the marks are those of its first line, so what an answer writes itself is no mark.</summary>
    public static string Between(string asked, string part)
    {
        var code = Code().Match(asked).Groups["code"].Value;
        var (from, to) = ($"[[{part} {code}]]\n", $"\n[[end of {part} {code}]]");
        var start = asked.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return asked[start..asked.IndexOf(to, start, StringComparison.Ordinal)];
    }

    private static string Whole(double points) => Math.Round(Math.Clamp(points, 0, 100)).ToString(CultureInfo.InvariantCulture);

    private static string Grade(string points) =>
        $$"""{"task_accuracy": {{points}}, "completeness": {{points}}, "correctness": {{points}}, "coherence": {{points}}}""";

    [GeneratedRegex(@"^\[\[.* (?<code>[0-9a-f]{16})\]\]\n", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
