using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Episodes.Control;
using Republic.Core.Events;

namespace Republic.Core.Episodes.Playing;

/// <summary>What the work on an episode needs besides: its clock, the rows of steps, and whom it tells.</summary>
internal sealed record EpisodeWorkServices(
    JobTurnWriter<Step> Turns,
    IDbContextFactory<RepublicDb> Databases,
    LiveEvents Live,
    TimeProvider Time
)
{
    public async Task PublishAsync(Episode episode, CancellationToken ct)
    {
        await using var db = await Databases.CreateDbContextAsync(ct);
        Publish(EpisodeChanges.Changed, episode.Id, await db.EpisodeAudienceAsync(episode.Id, episode.OwnerId, ct));
    }

    /// <param name="name">Of the event.</param>
    public void Publish(string name, Guid episode, IEnumerable<Guid> audience)
    {
        foreach (var person in audience)
        {
            Live.Publish(person, new LiveEvent(name, episode, null));
        }
    }

    /// <param name="missed">The step that a person did not do in time.</param>
    public void PublishMissed(Step missed) =>
        Live.Publish(missed.CitizenId, new LiveEvent(EpisodeChanges.Missed, missed.EpisodeId, JsonSerializer.Serialize(missed.Id)));
}
