using Republic.Core.Doctor;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Admin.Doctor;

/// <summary>What is wrong with this installation, and what to do about it. It is examined anew each time.</summary>
public sealed class IndexModel(Examiner examiner) : SuperuserPage
{
    public DoctorReport Report { get; private set; } = null!;

    /// <summary>Troubles and warnings, the worst first.</summary>
    public IReadOnlyList<Finding> Wrong { get; private set; } = [];

    public IReadOnlyList<Finding> Good { get; private set; } = [];

    public string Sentence =>
        Wrong.Count == 0
            ? "Nothing is wrong with this installation."
            : $"{Figures.Count(Count(FindingLevel.Trouble), "trouble")} and {Figures.Count(Count(FindingLevel.Warning), "warning")}, each with what to do.";

    public async Task OnGetAsync(CancellationToken ct)
    {
        Report = await examiner.ExamineAsync(ct);
        Wrong = [.. Report.Findings.Where(finding => finding.Level != FindingLevel.Good).OrderByDescending(finding => finding.Level)];
        Good = [.. Report.Findings.Where(finding => finding.Level == FindingLevel.Good)];
    }

    private int Count(FindingLevel level) => Wrong.Count(finding => finding.Level == level);
}
