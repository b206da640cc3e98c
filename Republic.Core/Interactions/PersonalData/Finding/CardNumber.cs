namespace Republic.Core.Interactions.PersonalData.Finding;

internal static class CardNumber
{
    /// <summary>The numbers of known issuers: what they begin with, from one prefix to another of the same length, and how long they are.</summary>
    private static readonly (int From, int To, int Shortest, int Longest)[] Issuers =
    [
        // Visa
        (4, 4, 13, 19),
        // Mastercard
        (51, 55, 16, 16),
        (2221, 2720, 16, 16),
        // American Express
        (34, 34, 15, 15),
        (37, 37, 15, 15),
        // Discover
        (6011, 6011, 16, 19),
        (644, 649, 16, 19),
        (65, 65, 16, 19),
        // UnionPay
        (62, 62, 16, 19),
        // JCB
        (3528, 3589, 16, 19),
        // Diners Club
        (300, 305, 14, 19),
        (3095, 3095, 14, 19),
        (36, 36, 14, 19),
        (38, 39, 14, 19),
        // Maestro
        (5018, 5018, 13, 19),
        (5020, 5020, 13, 19),
        (5038, 5038, 13, 19),
        (5893, 5893, 13, 19),
        (6304, 6304, 13, 19),
        (6759, 6763, 13, 19),
        // Mir
        (2200, 2204, 16, 19),
        // RuPay
        (508, 508, 16, 16),
        (60, 60, 16, 16),
        (81, 82, 16, 16),
    ];

    public static bool IsValid(ReadOnlySpan<char> digits) => IsOfAnIssuer(digits) && HasCheckDigit(digits);

    private static bool IsOfAnIssuer(ReadOnlySpan<char> digits)
    {
        foreach (var (from, to, shortest, longest) in Issuers)
        {
            if (digits.Length < shortest || digits.Length > longest)
                continue;
            var places = from switch
            {
                < 10 => 1,
                < 100 => 2,
                < 1000 => 3,
                _ => 4,
            };
            var prefix = 0;
            foreach (var digit in digits[..places])
                prefix = prefix * 10 + digit - '0';
            if (prefix >= from && prefix <= to)
                return true;
        }
        return false;
    }

    /// <summary>Luhn: each second digit from the right is doubled, and the sum of all digits ends with 0.</summary>
    private static bool HasCheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var value = (digits[^(place + 1)] - '0') * (place % 2 + 1);
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }
}
