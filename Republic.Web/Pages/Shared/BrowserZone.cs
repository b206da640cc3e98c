using System.Text.RegularExpressions;

namespace Republic.Web.Pages.Shared;

/// <summary>The time zone of a browser. Its script sets a cookie, so that the server renders times and no script rewrites them.</summary>
public static partial class BrowserZone
{
    // A script cannot know whether this site prefixes its cookies, and who plants this one changes nothing but how times read.
    private const string Cookie = "zone";
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

    /// <summary>Null where it is not known.</summary>
    public static TimeZoneInfo? Of(HttpRequest request) => Find(request.Cookies[Cookie]);

    internal static TimeZoneInfo? Find(string? name)
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
