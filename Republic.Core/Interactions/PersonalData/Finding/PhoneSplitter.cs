namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Splits phone numbers that are joined by a slash or a blank, and were read as one number with too many digits.</summary>
internal static class PhoneSplitter
{
    /// <summary>
    /// The longest candidate that is split. A longer run of digits is not phone numbers, and is not read again from each of its digits.
    /// </summary>
    private const int Longest = 100;

    /// <returns>The first phone number of the candidate, or the candidate itself if it is not several.</returns>
    public static PhoneCandidate FirstOf(ReadOnlySpan<char> text, PhoneCandidate candidate)
    {
        if (
            candidate.Digits.Length <= PhoneNumber.MostDigits
            || candidate.End - candidate.Start > Longest
            || PhoneNumber.IsWritten(candidate)
        )
            return candidate;
        for (var at = candidate.Start + PhoneNumber.FewestDigits; at < candidate.End; at++)
        {
            if (!CharacterClass.IsDigit(text, at - 1) || CharacterClass.IsDigit(text, at))
                continue;
            var next = at + text[at..candidate.End].IndexOfAnyExcept(" \t/");
            if (next == at || !(CharacterClass.IsDigit(text, next) || text[next] == '('))
                continue;
            var first = PhoneCandidate.Read(text[..at], candidate.Start);
            var rest = PhoneCandidate.Read(text[..candidate.End], next);
            if (IsPhone(first) && IsJoined(text[at..next], first, rest))
                return first;
        }
        return candidate;
    }

    private static bool IsPhone(PhoneCandidate candidate) =>
        candidate.Digits.Length >= PhoneNumber.FewestDigits && PhoneNumber.IsWritten(candidate);

    /// <summary>
    /// Whether two phone numbers are joined here. A blank joins only numbers with other separators inside: otherwise it may be one of
    /// theirs.
    /// </summary>
    private static bool IsJoined(ReadOnlySpan<char> joint, PhoneCandidate first, PhoneCandidate rest) =>
        joint.Contains('/')
            ? rest.Digits.Length >= PhoneNumber.FewestDigits
            : first.Gaps.AsSpan().ContainsAnyExcept(' ') && rest.Gaps.AsSpan().ContainsAnyExcept(' ') && IsPhoneOrMore(rest);

    private static bool IsPhoneOrMore(PhoneCandidate rest) => IsPhone(rest) || rest.Digits.Length > PhoneNumber.MostDigits;
}
