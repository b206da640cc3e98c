using System.Text.Json.Nodes;
using Republic.Core.Doctor;
using Republic.Web.Cli.Doctor;

namespace Republic.Tests.Unit.Cli;

public sealed class DoctorTextTests
{
    private static readonly DoctorReport Report = new(
        new DateTimeOffset(2026, 12, 1, 4, 41, 7, TimeSpan.FromHours(1)),
        "1.2.3",
        [
            new Finding("database", FindingLevel.Good, "It answers.", null),
            new Finding("key", FindingLevel.Warning, "It lies there.", "Keep a copy."),
            new Finding("model_host", FindingLevel.Trouble, "It does not run.", "Start it."),
        ]
    );

    [Fact]
    public void Lines_are_aligned_and_advice_stands_below_its_finding() =>
        Assert.Equal(
            """
            Republic 1.2.3, 2026-12-01 03:41:07 UTC

            ✓  database    It answers.
            !  key         It lies there.
                           Keep a copy.
            ✗  model_host  It does not run.
                           Start it.

            1 trouble, 1 warning, 1 good.

            """,
            DoctorText.Lines(Report, marks: true)
        );

    [Fact]
    public void Without_marks_there_are_words()
    {
        var lines = DoctorText.Lines(Report, marks: false).Split('\n');

        Assert.Equal("good     database    It answers.", lines[2]);
        Assert.Equal("warning  key         It lies there.", lines[3]);
        Assert.Equal("                     Keep a copy.", lines[4]);
        Assert.Equal("trouble  model_host  It does not run.", lines[5]);
    }

    [Fact]
    public void For_programs_it_is_one_object()
    {
        var report = JsonNode.Parse(DoctorText.Json(Report))!;

        Assert.Equal("1.2.3", report["version"]!.GetValue<string>());
        Assert.Equal(Report.CheckedAt, report["checked_at"]!.GetValue<DateTimeOffset>());
        var levels = report["findings"]!.AsArray().Select(finding => finding!["level"]!.GetValue<string>());
        Assert.Equal(["good", "warning", "trouble"], levels);
        Assert.True(report["findings"]![0]!.AsObject().ContainsKey("advice"));
        Assert.Null(report["findings"]![0]!["advice"]);
    }

    [Fact]
    public void A_report_without_findings_is_short() =>
        Assert.EndsWith("0 troubles, 0 warnings, 0 good.\n", DoctorText.Lines(Report with { Findings = [] }, marks: false));
}
