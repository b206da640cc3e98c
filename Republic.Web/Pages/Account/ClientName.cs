namespace Republic.Web.Pages.Account;

/// <summary>What a browser or program calls itself, in words that people know.</summary>
internal static class ClientName
{
    // In this order: browsers also name those that they descend from.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    public static string Of(string client)
    {
        var browser = Array.Find(Browsers, b => client.Contains(b.Mark, StringComparison.Ordinal)).Name;
        var system = Array.Find(Systems, s => client.Contains(s.Mark, StringComparison.Ordinal)).Name;
        return browser is not null ? (system is null ? browser : $"{browser} on {system}")
            : client.Length > 0 ? client.Split(' ')[0]
            : "A program without a name";
    }
}
