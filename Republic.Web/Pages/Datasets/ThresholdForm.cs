using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;

namespace Republic.Web.Pages.Datasets;

public sealed class ThresholdForm
{
    [Display(Name = "Shortest row")]
    public int MinTextLength { get; set; }

    [Display(Name = "Longest row")]
    public int MaxTextLength { get; set; }

    [Display(Name = "Alike enough to be a repeat")]
    public double NearDuplicateThreshold { get; set; }

    [Display(Name = "Least quality")]
    public double MinQuality { get; set; }

    [Display(Name = "Share held out")]
    public double? ValidationShare { get; set; }

    [Display(Name = "Seed")]
    public long Seed { get; set; }

    public static ThresholdForm Of(RefinerySettings settings) =>
        new()
        {
            MinTextLength = settings.MinTextLength,
            MaxTextLength = settings.MaxTextLength,
            NearDuplicateThreshold = settings.NearDuplicateThreshold,
            MinQuality = settings.MinQuality,
            ValidationShare = settings.ValidationShare,
            Seed = settings.Seed,
        };

    public SettingsInput ToInput() =>
        new()
        {
            MinTextLength = MinTextLength,
            MaxTextLength = MaxTextLength,
            NearDuplicateThreshold = NearDuplicateThreshold,
            MinQuality = MinQuality,
            ValidationShare = ValidationShare,
            Seed = Seed,
        };

    /// <summary>The API speaks of its fields; this form has words for them.</summary>
    public static Failure InWords(Failure failure) =>
        failure with
        {
            Fields = [.. failure.Fields.Select(error => error with { Message = InWords(error.Message) })],
        };

    private static string InWords(string message) =>
        typeof(ThresholdForm)
            .GetProperties()
            .Aggregate(
                message,
                (said, property) =>
                    said.Replace(
                        JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
                        $"“{property.GetCustomAttribute<DisplayAttribute>()!.Name}”",
                        StringComparison.Ordinal
                    )
            );
}
