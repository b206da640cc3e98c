using Republic.Core;
using Republic.Core.Episodes.Casting;
using Republic.Core.Episodes.Reading;
using Republic.Web.Pages.Episodes.Stage;

namespace Republic.Web.Pages.Episodes;

/// <summary>Reads what the page of an episode shows.</summary>
public sealed class EpisodePageReader(EpisodeReader reader, EpisodeJournalReader journals, CastChoices choices)
{
    public async Task<Outcome<EpisodePage>> FindAsync(Guid me, Guid id, EpisodeQuery query, CancellationToken ct)
    {
        var found = await reader.WindowAsync(me, id, query.Timeline, query.From, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var episode = found.Value.Episode;
        var timelines = await journals.TimelinesAsync(me, id, ct);
        return timelines.Ok
            ? new EpisodePage(
                found.Value,
                timelines.Value,
                episode.IsOwner ? await choices.ReadAsync(me, episode.Definition, ct) : CastOffer.None,
                // Whoever does not see all sees it as their own roles know it.
                episode.SeesAll && episode.Machine.Roles.Contains(query.As ?? "")
                    ? query
                    : query with
                    {
                        As = null,
                    }
            )
            : timelines.Failure;
    }
}
