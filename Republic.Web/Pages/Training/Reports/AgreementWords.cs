using System.Globalization;
using Republic.Core.Training.Calibration;

namespace Republic.Web.Pages.Training.Reports;

internal static class AgreementWords
{
    public static string Apart(Agreement agreement) => Text(agreement.MeanAbsoluteDifference, "0.0");

    public static string Correlation(Agreement agreement) =>
        agreement.RankCorrelation is { } correlation ? Text(correlation, "0.00").Replace('-', '−') : "–";

    public static string Preference(Agreement agreement) => Text(100 * agreement.SamePreference, "0") + " %";

    private static string Text(double figure, string digits) => figure.ToString(digits, CultureInfo.InvariantCulture);
}
