namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Decides by the way digits are written whether they are a phone number. In doubt, they are not.</summary>
internal static class PhoneNumber
{
    public const int FewestDigits = 7;
    public const int MostDigits = 15;

    private const int FewestInOnePiece = 9;
    private const int FewestBehindDoubleZero = 9;

    public static bool IsWritten(PhoneCandidate candidate) =>
        candidate.IsInternational ? IsInternational(candidate)
        : candidate.Digits.StartsWith("00", StringComparison.Ordinal) ? IsBehindDoubleZero(candidate)
        : IsNational(candidate) || IsNorthAmerican(candidate);

    /// <summary>Whether the digits can be a phone number where a word such as “phone” says so.</summary>
    public static bool IsPossible(PhoneCandidate candidate) =>
        candidate.Digits.Length is >= FewestDigits and <= MostDigits
        && candidate.Digits.AsSpan().ContainsAnyExcept(candidate.Digits[0])
        && !IsDecimal(candidate);

    /// <summary>An international number: + and the country, in at most fifteen digits (E.164).</summary>
    private static bool IsInternational(PhoneCandidate candidate) =>
        candidate.Digits[0] != '0'
        && candidate.Digits.Length <= MostDigits
        && (
            candidate.Groups.Count > 1
                ? !IsDecimal(candidate) && !IsCoordinate(candidate) && !IsInThousands(candidate)
                : candidate.Digits.Length >= FewestInOnePiece
        );

    private static bool IsBehindDoubleZero(PhoneCandidate candidate) =>
        candidate.Groups.Count > 1
        && candidate.Digits[2] != '0'
        && candidate.Digits.Length - 2 is >= FewestBehindDoubleZero and <= MostDigits
        && !IsDecimal(candidate);

    /// <summary>A national number: a 0 before the area, and a separator.</summary>
    private static bool IsNational(PhoneCandidate candidate) =>
        candidate.Digits[0] == '0'
        && candidate.Groups.Count > 1
        && candidate.Groups[0] > 1
        && candidate.Digits.Length <= MostDigits
        && candidate.Digits.AsSpan().ContainsAnyExcept('0', '1')
        && !IsDecimal(candidate)
        && !IsOfAYear(candidate)
        && !IsSpanOfHours(candidate);

    /// <summary>A North American number: 555-123-4567, with a 1 before it or not: neither the area nor the exchange begins with 0 or 1.</summary>
    private static bool IsNorthAmerican(PhoneCandidate candidate)
    {
        var area = candidate.Groups is [1, 3, 3, 4] && candidate.Digits[0] == '1' ? 1 : 0;
        return (area == 1 || candidate.Groups is [3, 3, 4]) && candidate.Digits[area] >= '2' && candidate.Digits[area + 3] >= '2';
    }

    private static bool IsDecimal(PhoneCandidate candidate) => candidate.Gaps is ".";

    /// <summary>A coordinate: +52.520006-013.404954</summary>
    private static bool IsCoordinate(PhoneCandidate candidate) =>
        candidate.Gaps[0] == '.' && candidate.Gaps.AsSpan().ContainsAnyExcept('.');

    /// <summary>An amount in groups of three: +1 000 000</summary>
    private static bool IsInThousands(PhoneCandidate candidate) =>
        candidate.Digits.Length <= 9
        && candidate.Groups[0] <= 3
        && candidate.Groups.Skip(1).All(group => group == 3)
        && candidate.Gaps.Distinct().Count() == 1;

    /// <summary>A file's number with its year: 0123/2024.</summary>
    private static bool IsOfAYear(PhoneCandidate candidate) =>
        candidate.Groups is [<= 5, 4]
        && (candidate.Digits.AsSpan()[^4..].StartsWith("19") || candidate.Digits.AsSpan()[^4..].StartsWith("20"));

    /// <summary>A span of hours: 0800-1200</summary>
    private static bool IsSpanOfHours(PhoneCandidate candidate) =>
        candidate.Groups is [4, 4] && IsHour(candidate.Digits.AsSpan(0, 4)) && IsHour(candidate.Digits.AsSpan(4, 4));

    private static bool IsHour(ReadOnlySpan<char> digits) => int.Parse(digits[..2]) < 24 && int.Parse(digits[2..]) < 60;
}
