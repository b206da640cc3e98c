namespace Republic.Core.Minions.Access;

/// <summary>
/// The origin of a page in a browser, written as browsers send it: scheme, host and port, in lower case, without the scheme's usual port.
/// </summary>
public static class BrowserOrigin
{
    /// <summary>For one key.</summary>
    public const int Most = 20;

    private const int Longest = 255;

    /// <summary>What a person entered, as browsers send it; null where it is no origin.</summary>
    public static string? Read(string entered)
    {
        var text = entered.Trim();
        if (
            text.Length > Longest
            || text.Contains('#', StringComparison.Ordinal)
            || !text.Contains("://", StringComparison.Ordinal)
            || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address is not { Host.Length: > 0, UserInfo.Length: 0, PathAndQuery: "/" or "" }
        )
        {
            return null;
        }

        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        var port = address.IsDefaultPort || address.Port < 0 ? "" : $":{address.Port}";
        var origin = $"{address.Scheme}://{host}{port}".ToLowerInvariant();
        // It goes into a response header, and a star would be no origin.
        return origin.Length <= Longest && origin.All(IsOfAnOrigin) ? origin : null;
    }

    /// <summary>Each of a list, once; what is wrong with one is told by its place.</summary>
    public static Outcome<List<string>> ReadAll(IReadOnlyList<string?>? entered)
    {
        var origins = new List<string>();
        var errors = new List<FieldError>();
        // A long list of errors helps nobody, and a long list is wrong whatever else is in it.
        for (var i = 0; i < (entered?.Count ?? 0) && origins.Count <= Most && errors.Count < Most; i++)
        {
            if (Read(entered![i] ?? "") is not { } origin)
            {
                errors.Add(
                    new FieldError(
                        $"{RepublicKeyTerms.OriginsField}[{i}]",
                        "This is no origin. Enter scheme, host and perhaps a port and nothing behind it, such as https://app.example.org."
                    )
                );
            }
            else if (!origins.Contains(origin, StringComparer.Ordinal))
            {
                origins.Add(origin);
            }
        }

        if (origins.Count > Most)
        {
            errors.Add(new FieldError(RepublicKeyTerms.OriginsField, $"A key can list {Most} origins. Take some away."));
        }

        return errors.Count == 0 ? origins : Failure.Invalid([.. errors]);
    }

    private static bool IsOfAnOrigin(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || "-._+:/[]".Contains(letter, StringComparison.Ordinal);
}
