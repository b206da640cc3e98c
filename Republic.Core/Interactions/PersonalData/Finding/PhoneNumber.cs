namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Which runs of digits are phone numbers by the way they are written. In doubt, none.</summary>
internal static class PhoneNumber
{
    public const int FewestDigits = 7;

    private const int MostDigits = 15;
    private const int FewestInOnePiece = 9;
    private const int FewestBehindDoubleZero = 9;

    public static bool IsWritten(NumberRun run) =>
        run.IsInternational ? IsInternational(run)
        : run.Digits.StartsWith("00", StringComparison.Ordinal) ? IsBehindDoubleZero(run)
        : IsNational(run) || IsNorthAmerican(run);

    /// <summary>Whether it can be one where a word such as “phone” says so.</summary>
    public static bool IsPossible(NumberRun run) =>
        run.Digits.Length is >= FewestDigits and <= MostDigits && run.Digits.AsSpan().ContainsAnyExcept(run.Digits[0]) && !IsDecimal(run);

    /// <summary>+ and the country, in at most fifteen digits (E.164).</summary>
    private static bool IsInternational(NumberRun run) =>
        run.Digits[0] != '0'
        && run.Digits.Length <= MostDigits
        && (run.Groups.Count > 1 ? !IsDecimal(run) && !IsCoordinate(run) && !IsInThousands(run) : run.Digits.Length >= FewestInOnePiece);

    private static bool IsBehindDoubleZero(NumberRun run) =>
        run.Groups.Count > 1
        && run.Digits[2] != '0'
        && run.Digits.Length - 2 is >= FewestBehindDoubleZero and <= MostDigits
        && !IsDecimal(run);

    /// <summary>A 0 before the area, and a separator.</summary>
    private static bool IsNational(NumberRun run) =>
        run.Digits[0] == '0'
        && run.Groups.Count > 1
        && run.Groups[0] > 1
        && run.Digits.Length <= MostDigits
        && run.Digits.AsSpan().ContainsAnyExcept('0', '1')
        && !IsDecimal(run)
        && !IsOfAYear(run)
        && !IsSpanOfHours(run);

    /// <summary>555-123-4567, with a 1 before it or not: neither the area nor the exchange begins with 0 or 1.</summary>
    private static bool IsNorthAmerican(NumberRun run)
    {
        var area = run.Groups is [1, 3, 3, 4] && run.Digits[0] == '1' ? 1 : 0;
        return (area == 1 || run.Groups is [3, 3, 4]) && run.Digits[area] >= '2' && run.Digits[area + 3] >= '2';
    }

    private static bool IsDecimal(NumberRun run) => run.Gaps is ".";

    /// <summary>+52.520006-013.404954</summary>
    private static bool IsCoordinate(NumberRun run) => run.Gaps[0] == '.' && run.Gaps.AsSpan().ContainsAnyExcept('.');

    /// <summary>+1 000 000</summary>
    private static bool IsInThousands(NumberRun run) =>
        run.Digits.Length <= 9 && run.Groups[0] <= 3 && run.Groups.Skip(1).All(group => group == 3) && run.Gaps.Distinct().Count() == 1;

    /// <summary>A file's number with its year: 0123/2024.</summary>
    private static bool IsOfAYear(NumberRun run) =>
        run.Groups is [<= 5, 4] && (run.Digits.AsSpan()[^4..].StartsWith("19") || run.Digits.AsSpan()[^4..].StartsWith("20"));

    /// <summary>0800-1200</summary>
    private static bool IsSpanOfHours(NumberRun run) =>
        run.Groups is [4, 4] && IsHour(run.Digits.AsSpan(0, 4)) && IsHour(run.Digits.AsSpan(4, 4));

    private static bool IsHour(ReadOnlySpan<char> digits) => int.Parse(digits[..2]) < 24 && int.Parse(digits[2..]) < 60;
}
