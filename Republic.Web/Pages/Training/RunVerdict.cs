using System.Globalization;
using Republic.Core.Training;
using Republic.Core.Training.Gate;

namespace Republic.Web.Pages.Training;

/// <summary>What a run came to, in a few words for its row.</summary>
/// <param name="After">What became of the version.</param>
/// <param name="Xp">Null where none was earned.</param>
public sealed record RunVerdict(string Label, string? Tone, string After, string? Xp)
{
    public static RunVerdict Of(TrainingReport report) =>
        new(
            report.Verdict switch
            {
                GateVerdict.Better => "Better",
                GateVerdict.NoChange => "No change",
                GateVerdict.Worse => "Worse",
                GateVerdict.TooFew => "Too few to tell",
                _ => "Not graded",
            },
            report.Verdict switch
            {
                GateVerdict.Better => "good",
                GateVerdict.Worse => "bad",
                _ => null,
            },
            report.Promoted ? $"version {report.Version} is live" : $"version {report.Version} is kept as a draft",
            report.XpGained == 0 ? null : $"+{report.XpGained.ToString("#,0.##", CultureInfo.InvariantCulture)} XP"
        );
}
