using System.Globalization;
using Republic.Core;

namespace Republic.Web.Pages.Shared;

/// <summary>Figures as people read them, the same whatever the machine's language.</summary>
internal static class Figures
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Count(long number) => Counted.Of(number);

    /// <summary>One word for one, another for more: "1 row", "1,204 rows".</summary>
    public static string Count(long number, string one, string? more = null) => Counted.Of(number, one, more);

    /// <summary>A number with at most three digits behind the point: "0.25", "1,204".</summary>
    public static string Number(double number) => number.ToString("#,0.###", Culture);

    /// <summary>Points of experience: "1", "12.5".</summary>
    public static string Xp(decimal points) => points.ToString("#,0.##", Culture);

    /// <summary>More or less than before: "+12", "−3", "0".</summary>
    public static string Change(long difference) =>
        difference switch
        {
            > 0 => $"+{Count(difference)}",
            < 0 => $"−{Count(-difference)}",
            _ => "0",
        };

    /// <summary>Few letters, for an axis: "800", "20k", "1.5M", "3B".</summary>
    public static string Short(double number) =>
        number switch
        {
            < 10_000 => Count((long)number),
            < 1e6 => $"{(number / 1e3).ToString("0.#", Culture)}k",
            < 1e9 => $"{(number / 1e6).ToString("0.#", Culture)}M",
            _ => $"{(number / 1e9).ToString("#,0.#", Culture)}B",
        };

    /// <summary>A loss: two digits, and more for small ones.</summary>
    public static string Loss(double loss) => loss.ToString(Math.Abs(loss) < 0.1 ? "0.0000" : "0.00", Culture);

    /// <summary>A share of something, with the digits that small ones need: "98.6 %", "0.04 %".</summary>
    public static string Share(long part, long whole)
    {
        if (whole == 0)
        {
            return "–";
        }

        var percent = 100.0 * part / whole;
        // What is not all of it must not be rounded to all of it, nor something to nothing.
        return percent switch
        {
            0 or 100 => $"{percent.ToString("0", Culture)} %",
            > 99.9 => "99.9 %",
            < 0.01 => "0.01 %",
            < 1 => $"{percent.ToString("0.##", Culture)} %",
            _ => $"{percent.ToString("0.#", Culture)} %",
        };
    }

    /// <summary>How long something will take, no more exact than anybody can know it.</summary>
    public static string About(TimeSpan left) =>
        left.TotalSeconds switch
        {
            < 1.5 => "about a second",
            < 90 => $"about {Math.Round(left.TotalSeconds).ToString(Culture)} s",
            < 5400 => $"about {Math.Round(left.TotalMinutes).ToString(Culture)} min",
            _ => $"about {left.TotalHours.ToString("0.#", Culture)} h",
        };

    /// <summary>How long something took: "0:48", "12:41", "1:02:03".</summary>
    public static string Clock(double seconds)
    {
        var whole = TimeSpan.FromSeconds(Math.Round(seconds));
        return whole.TotalHours < 1
            ? string.Create(Culture, $"{whole.Minutes}:{whole.Seconds:00}")
            : string.Create(Culture, $"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00}");
    }

    public static string Seconds(double ms) =>
        ms < 10 ? $"{ms.ToString("0.#", Culture)} ms"
        : ms < 9_950 ? $"{(ms / 1000).ToString(ms < 995 ? "0.00" : "0.0", Culture)} s"
        : $"{(ms / 1000).ToString("N0", Culture)} s";

    public static string Speed(double perSecond) => $"{perSecond.ToString(perSecond < 10 ? "0.0" : "N0", Culture)} tok/s";

    /// <summary>One that nobody counted says so: "about $0.0009".</summary>
    public static string Cost(decimal dollars, bool isEstimate) => isEstimate ? $"about {Cost(dollars)}" : Cost(dollars);

    /// <summary>What is spent of something, with as many digits as it takes to tell it from all of it: "$0.0398" of "$0.04".</summary>
    public static string CostOf(decimal spent, decimal all) =>
        spent != all && Cost(spent) == Cost(all) ? $"${spent.ToString("#,0.00#######", Culture)}" : Cost(spent);

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
