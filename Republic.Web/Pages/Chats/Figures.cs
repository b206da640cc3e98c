using System.Globalization;

namespace Republic.Web.Pages.Chats;

/// <summary>Figures as people read them, the same whatever the machine's language.</summary>
internal static class Figures
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Count(long number) => number.ToString("N0", Culture);

    public static string Seconds(double ms) =>
        ms < 9_950 ? $"{(ms / 1000).ToString(ms < 995 ? "0.00" : "0.0", Culture)} s" : $"{(ms / 1000).ToString("N0", Culture)} s";

    public static string Speed(double perSecond) => $"{perSecond.ToString(perSecond < 10 ? "0.0" : "N0", Culture)} tok/s";

    /// <summary>Costs of one answer are small: four digits, or the first two that are not zero.</summary>
    public static string Cost(decimal dollars) =>
        dollars switch
        {
            0 => "$0",
            >= 0.01m => $"${dollars.ToString("N2", Culture)}",
            >= 0.0001m => $"${dollars.ToString("0.0000", Culture)}",
            _ => $"${dollars.ToString("0.0######", Culture)}",
        };
}
