using System.Globalization;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>Numbers with one way to write each.</summary>
internal static class Decimals
{
    /// <summary>The same number without zeros at its end: 0.5 for 0.50.</summary>
    public static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;

    /// <summary>Without an exponent.</summary>
    public static string Text(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
