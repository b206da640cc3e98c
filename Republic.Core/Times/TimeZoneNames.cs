using System.Text.RegularExpressions;

namespace Republic.Core.Times;

/// <summary>Time zones by IANA's names.</summary>
public static partial class TimeZoneNames
{
    private const int MaxLength = 64;

    // Browsers name some zones as CLDR first did. Distributions keep those names in a package of their own, which need not be installed.
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["Africa/Asmera"] = "Africa/Asmara",
        ["America/Buenos_Aires"] = "America/Argentina/Buenos_Aires",
        ["America/Catamarca"] = "America/Argentina/Catamarca",
        ["America/Coral_Harbour"] = "America/Atikokan",
        ["America/Cordoba"] = "America/Argentina/Cordoba",
        ["America/Godthab"] = "America/Nuuk",
        ["America/Indianapolis"] = "America/Indiana/Indianapolis",
        ["America/Jujuy"] = "America/Argentina/Jujuy",
        ["America/Louisville"] = "America/Kentucky/Louisville",
        ["America/Mendoza"] = "America/Argentina/Mendoza",
        ["Asia/Calcutta"] = "Asia/Kolkata",
        ["Asia/Katmandu"] = "Asia/Kathmandu",
        ["Asia/Rangoon"] = "Asia/Yangon",
        ["Asia/Saigon"] = "Asia/Ho_Chi_Minh",
        ["Atlantic/Faeroe"] = "Atlantic/Faroe",
        ["Europe/Kiev"] = "Europe/Kyiv",
        ["Pacific/Enderbury"] = "Pacific/Kanton",
        ["Pacific/Ponape"] = "Pacific/Pohnpei",
        ["Pacific/Truk"] = "Pacific/Chuuk",
    };

    /// <summary>Null for a name that is none.</summary>
    public static TimeZoneInfo? Find(string? name)
    {
        // The name becomes a path below the folder of zones, so it is checked first.
        if (name is not { Length: > 0 and <= MaxLength } || !IanaName().IsMatch(name))
        {
            return null;
        }

        return
            TimeZoneInfo.TryFindSystemTimeZoneById(Renamed.GetValueOrDefault(name, name), out var zone)
            || TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone)
            ? zone
            : null;
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z][A-Za-z0-9_+-]*)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IanaName();
}
