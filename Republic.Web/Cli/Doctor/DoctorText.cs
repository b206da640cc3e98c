using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core;
using Republic.Core.Doctor;

namespace Republic.Web.Cli.Doctor;

/// <summary>A report for a terminal, and for programs.</summary>
internal static class DoctorText
{
    private static readonly JsonSerializerOptions Readable = new(SnakeCaseJson.Options)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>A file, a pipe or an old terminal gets words in their stead.</summary>
    public static bool CanShowMarks =>
        !Console.IsOutputRedirected
        && Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage
        && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or "linux");

    public static string Json(DoctorReport report) => JsonSerializer.Serialize(report, Readable) + "\n";

    /// <summary>A line for each finding, and below it what to do.</summary>
    public static string Lines(DoctorReport report, bool marks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Republic {report.Version}, {report.CheckedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n\n");
        var width = report.Findings.Select(finding => finding.Check.Length).DefaultIfEmpty().Max();
        foreach (var finding in report.Findings)
        {
            var head = $"{Mark(finding.Level, marks)}  {finding.Check.PadRight(width)}  ";
            text.Append(head).Append(finding.Summary).Append('\n');
            if (finding.Advice is { } advice)
            {
                text.Append(' ', head.Length).Append(advice).Append('\n');
            }
        }

        return text.Append('\n').Append(Sum(report.Findings)).Append('\n').ToString();
    }

    private static string Mark(FindingLevel level, bool marks) =>
        (level, marks) switch
        {
            (FindingLevel.Good, true) => "✓",
            (FindingLevel.Warning, true) => "!",
            (FindingLevel.Trouble, true) => "✗",
            (FindingLevel.Good, _) => "good   ",
            (FindingLevel.Warning, _) => "warning",
            _ => "trouble",
        };

    private static string Sum(IReadOnlyList<Finding> findings)
    {
        var (troubles, warnings) = (Number(FindingLevel.Trouble), Number(FindingLevel.Warning));
        return $"{Counted.Of(troubles, "trouble")}, {Counted.Of(warnings, "warning")}, {Counted.Of(findings.Count - troubles - warnings)} good.";

        int Number(FindingLevel level) => findings.Count(finding => finding.Level == level);
    }
}
