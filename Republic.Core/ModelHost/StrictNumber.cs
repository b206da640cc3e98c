using System.Globalization;

namespace Republic.Core.ModelHost;

/// <summary>Numbers as people give them to a command. A comma is refused: .NET would take 0,5 for 5.</summary>
internal static class StrictNumber
{
    public static float? Real(ReadOnlySpan<char> text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : null;

    public static int? Whole(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
