using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The short label of a verdict about memory, with its level and icon.</summary>
/// <param name="Level">One of yes, tight, no and unknown, which the stylesheet colours.</param>
public sealed record FitLabel(string Text, string Level, string Icon)
{
    public static FitLabel Of(FitReport report) =>
        report.Verdict switch
        {
            "fits_gpu" => new("on the GPU", "yes", "check_circle"),
            "fits_partly" => new("partly on the GPU", "yes", "check_circle"),
            "fits_ram" => new("fits", "yes", "check_circle"),
            "tight" => new("tight", "tight", "error"),
            FitReport.DoesNotFit => new("does not fit", "no", "block"),
            _ => new("unknown", "unknown", "help"),
        };
}
