using Republic.Core.Training.Reports;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>What a run came to, in a few words for its row.</summary>
/// <param name="After">What became of the version.</param>
/// <param name="Xp">Null where none was earned.</param>
public sealed record RunVerdict(string Label, string? Tone, string After, string? Xp)
{
    public static RunVerdict Of(TrainingReport report) =>
        new(
            VerdictWords.Short(report),
            ReportWords.Tone(report.JudgedVerdict ?? report.Verdict),
            $"version {report.Version} is {VerdictWords.Standing(report)}",
            report.XpGained == 0 ? null : $"+{Figures.Xp(report.XpGained)} XP"
        );
}
