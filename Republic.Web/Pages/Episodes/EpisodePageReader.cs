using Republic.Core;
using Republic.Core.Episodes.Casting;
using Republic.Core.Episodes.Reading;

namespace Republic.Web.Pages.Episodes;

/// <summary>Reads what the page of an episode shows.</summary>
public sealed class EpisodePageReader(EpisodeReader reader, EpisodeJournalReader journals, CastChoices choices)
{
    /// <param name="timeline">Null for the one that is shown.</param>
    public async Task<Outcome<EpisodePage>> FindAsync(Guid me, Guid id, Guid? timeline, CancellationToken ct)
    {
        var found = await reader.FindAsync(me, id, timeline, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var timelines = await journals.TimelinesAsync(me, id, ct);
        return timelines.Ok
            ? new EpisodePage(found.Value, timelines.Value, found.Value.IsOwner ? await choices.ReadAsync(me, ct) : [], timeline)
            : timelines.Failure;
    }
}
