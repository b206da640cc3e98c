using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Models;

/// <summary>A model of this machine in words, as a form offers it.</summary>
internal static class LocalModelText
{
    public static string Verdict(LocalModel model) =>
        model switch
        {
            { IsQuarantined: true } => "crashed here, try it again on its page",
            { Fit.Verdict: "fits_gpu" } => "fits on the GPU",
            { Fit.Verdict: "fits_partly" } => "fits on the GPU in part",
            { Fit.Verdict: "fits_ram" } => "fits in memory",
            { Fit.Verdict: "tight" } => "fits only just",
            { Fit.Verdict: FitReport.DoesNotFit } => "does not fit in memory",
            _ => "may fit, which is not known",
        };

    /// <summary>The verdict, the size, and the speed where it was measured.</summary>
    public static string Facts(LocalModel model) => $"{Verdict(model)}, {Size(model)}";

    /// <summary>Name, size, speed and the reason of the verdict, in sentences. The reason says the verdict too.</summary>
    public static string Sentence(LocalModel model) =>
        model is { IsQuarantined: false, Fit.Reason: { Length: > 0 } reason }
            ? $"{model.Name}, {Size(model)}. {reason}"
            : $"{model.Name} {Facts(model)}. {model.Fit?.Reason}".TrimEnd();

    private static string Size(LocalModel model) =>
        $"{ByteSize.Of(model.Bytes)}{(model.TokensPerS is { } speed ? $", {Figures.Speed(speed)}" : "")}";
}
