using System.Globalization;

namespace Republic.Web.Pages.Training.Comparisons;

internal static class ComparisonAddress
{
    private const string Page = "/training/comparisons";

    /// <param name="before">The last comparison of the page before the one that is wanted.</param>
    public static string Of(Guid? minion, Guid? before = null)
    {
        var chosen = new Dictionary<string, string?> { ["minion"] = minion?.ToString(), ["before"] = before?.ToString() };
        return Page + QueryString.Create(chosen.Where(pair => pair.Value is not null));
    }

    /// <summary>The form, filled in.</summary>
    public static string New(Guid minion, IEnumerable<int> versions, bool isBlind = false) =>
        Page
        + QueryString.Create([
            new KeyValuePair<string, string?>("minion", minion.ToString()),
            .. versions.Select(version => new KeyValuePair<string, string?>("versions", version.ToString(CultureInfo.InvariantCulture))),
            .. isBlind ? [new KeyValuePair<string, string?>("blind", "true")] : Array.Empty<KeyValuePair<string, string?>>(),
        ]);
}
