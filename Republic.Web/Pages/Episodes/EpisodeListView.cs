using Republic.Core.Episodes.Reading;

namespace Republic.Web.Pages.Episodes;

/// <summary>One page of the episodes that a person began or plays in.</summary>
/// <param name="Scenario">Only those of this scenario; null for all.</param>
/// <param name="Name">The name of that scenario; null where none of its episodes is shown.</param>
/// <param name="Before">The last episode of the previous page; null on the first.</param>
/// <param name="Older">The last episode of this page; null where no page follows.</param>
public sealed record EpisodeListView(IReadOnlyList<EpisodeCard> Rows, Guid? Scenario, string? Name, Guid? Before, Guid? Older)
{
    public string Here => Address(Scenario, Before);

    public static string Address(Guid? scenario, Guid? before)
    {
        (string Name, string? Value)[] query = [("scenario", scenario?.ToString()), ("before", before?.ToString())];
        return "/episodes"
            + QueryString.Create(
                query.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value))
            );
    }
}
