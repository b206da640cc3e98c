using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>A verdict about memory in a word, with its colour and its icon.</summary>
/// <param name="Fit">yes, tight, no or unknown, as the stylesheet has it.</param>
public sealed record FitWords(string Word, string Fit, string Icon)
{
    public static FitWords Of(FitReport report) =>
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
