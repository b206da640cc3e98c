using System.Globalization;

namespace Republic.Web.Pages.Episodes.Stage;

/// <summary>What of an episode is seen, as the address says it.</summary>
/// <param name="Timeline">Null for the one that is shown.</param>
/// <param name="From">The number of the step from which the transcript is seen; null for its end.</param>
/// <param name="As">The role through which one who sees all looks at it; null for all.</param>
public sealed record EpisodeQuery(Guid? Timeline, long? From = null, string? As = null)
{
    /// <summary>With what else the address says.</summary>
    public string ToQueryString(params IEnumerable<(string Name, string Value)> others)
    {
        IEnumerable<(string Name, string? Value)> all =
        [
            ("timeline", Timeline?.ToString()),
            ("from", From?.ToString(CultureInfo.InvariantCulture)),
            ("as", As),
        ];
        var fields = others.Concat(from field in all where field.Value is not null select (field.Name, field.Value));
        return QueryString.Create(fields.Select(field => KeyValuePair.Create(field.Item1, (string?)field.Item2))).ToString();
    }
}
