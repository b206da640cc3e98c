using System.Globalization;

namespace Republic.Core;

/// <summary>Numbers as people give them to a command. A comma is refused: .NET would take 0,5 for 5.</summary>
internal static class StrictNumber
{
    public static double? Real(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static int? Whole(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
