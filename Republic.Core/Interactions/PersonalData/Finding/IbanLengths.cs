using System.Collections.Frozen;

namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>How long the IBANs of a country are (the registry of ISO 13616, and countries that use such numbers without being in it).</summary>
internal static class IbanLengths
{
    public const int Shortest = 15;
    public const int Longest = 34;

    private static readonly FrozenDictionary<string, int> Lengths = new Dictionary<int, string>
    {
        [15] = "NO",
        [16] = "BE",
        [18] = "DK FI FK FO GL NL SD",
        [19] = "MK SI",
        [20] = "AT BA EE KZ LT LU MN XK",
        [21] = "CH HR LI LV",
        [22] = "BG BH CR DE GB GE IE ME RS VA",
        [23] = "AE GI IL IQ OM SO TL",
        [24] = "AD CZ ES MD PK RO SA SE SK TN VG",
        [25] = "AO CV GW LY MZ PT ST",
        [26] = "DZ IR IS TR",
        [27] = "BI CF CG CM DJ FR GA GQ GR IT KM MC MG MR SM TD",
        [28] = "AL AZ BF BJ BY CI CY DO GT HN HU LB MA ML NE NI PL SN SV TG",
        [29] = "BR EG PS QA UA",
        [30] = "JO KW MU YE",
        [31] = "MT SC",
        [32] = "LC",
        [33] = "RU",
    }
        .SelectMany(row => row.Value.Split(' ').Select(country => (Country: country, Length: row.Key)))
        .ToFrozenDictionary(row => row.Country, row => row.Length, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByCountry = Lengths.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    /// <returns>0 where it is not known.</returns>
    public static int Of(ReadOnlySpan<char> country) => ByCountry.TryGetValue(country, out var length) ? length : 0;
}
