using System.Globalization;

namespace Republic.Web.Pages.Shared;

/// <summary>Sampling parameters in words.</summary>
internal static class SamplingText
{
    /// <summary>A parameter that is not set, with the model's own default where that is known.</summary>
    public static string Unset(double? model) => model is { } known ? $"model's own, {Text(known)}" : "the model's own";

    /// <summary>A minion's parameter.</summary>
    public static string Of(double? own, double? model) => own is { } set ? Text(set) : Unset(model);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
