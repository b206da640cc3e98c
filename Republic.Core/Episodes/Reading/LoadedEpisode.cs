using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Reading;

/// <summary>An episode and one of its timelines, as somebody asks for them.</summary>
/// <param name="Assignments">Of the timeline, the oldest first.</param>
internal sealed record LoadedEpisode(
    Episode Episode,
    Timeline Timeline,
    TimelineChain Chain,
    EpisodeMachine Machine,
    IReadOnlyList<AgentAssignment> Assignments,
    EpisodeViewer Viewer
)
{
    /// <summary>Whoever began it chooses what happens next, and so does a person who directs.</summary>
    public bool MayChoose => Viewer.IsOwner || (Machine.Director is { } director && Viewer.Roles.Contains(director));
}
