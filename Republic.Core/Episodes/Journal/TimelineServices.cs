using Republic.Core.Citizens.Capabilities;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Episodes.Machine;
using Republic.Core.Events;
using Republic.Core.Jobs;

namespace Republic.Core.Episodes.Journal;

/// <summary>The services that a saved change of a timeline calls: jobs, capabilities and live events.</summary>
public sealed record TimelineServices(JobControl Jobs, CapabilityRecorder Capabilities, LiveEvents Live)
{
    /// <summary>
    /// For a change that is saved: starts what it added, has the work go on that is held where the episode was resumed, and tells whose
    /// capabilities it counted.
    /// </summary>
    internal async Task CommittedAsync(TimelineChange change)
    {
        foreach (var (person, citizen) in change.Counted)
        {
            Live.Publish(person, new LiveEvent(CitizenEditor.Changed, citizen, null));
        }

        if (change.Added is { } job)
        {
            await Jobs.StartAsync(job);
        }
        else if (
            change.Timeline.JobId is { } held
            && change.Written.Any(entry => entry.Event is EpisodeEvent.Resumed or EpisodeEvent.OneStep)
        )
        {
            await Jobs.GoOnAsync(change.Episode.OwnerId, held, CancellationToken.None);
        }
    }
}
