using Republic.Core.Episodes.Knowing;

namespace Republic.Core.Episodes.Reading;

/// <summary>What one person gets to see of a timeline: what was addressed to a role while they played it, or all.</summary>
/// <param name="assignments">Of all citizens, in this timeline.</param>
/// <param name="director">The role that sees everything; null where there is none.</param>
internal sealed class EpisodeViewer(Guid me, Episode episode, IReadOnlyList<AgentAssignment> assignments, string? director)
{
    /// <summary>In the place of why a step failed: the words of a provider may repeat what it was asked, and so what a role knows.</summary>
    public const string Withheld = "Why it failed may say what other roles know: look behind the roles to read it.";

    private readonly List<AgentAssignment> own = [.. assignments.Where(assignment => assignment.CitizenId == me)];

    public bool IsOwner => me == episode.OwnerId;

    /// <summary>Whoever began it and plays no role has nobody to be surprised by; whoever does may look behind it, and that is said.</summary>
    public bool SeesAll => IsOwner && (own.Count == 0 || episode.IsSeenThrough);

    /// <summary>The roles that they play now.</summary>
    public IReadOnlyList<string> Roles => [.. own.Where(assignment => UntilSeq(assignment) is null).Select(assignment => assignment.Role)];

    /// <summary>What they know of it, of all that these roles do; they see all of it where they see everything.</summary>
    /// <param name="linesOf">What a role knows.</param>
    public IEnumerable<KnownLine> Known(Func<string, IEnumerable<KnownLine>> linesOf) =>
        own.SelectMany(assignment => linesOf(assignment.Role).Where(line => UntilSeq(assignment) is not { } end || line.Seq < end));

    /// <summary>Whether they get to know how somebody plays a role: it is told to that one alone, by whoever began it.</summary>
    public bool KnowsHow(Guid citizen) => IsOwner || citizen == me;

    /// <param name="seq">The number of the entry by which it was said.</param>
    public bool Sees(long seq, IReadOnlyCollection<string> audience) =>
        SeesAll
        || own.Exists(assignment =>
            (assignment.Role == director || audience.Contains(assignment.Role)) && (UntilSeq(assignment) is not { } end || seq < end)
        );

    /// <summary>The entry from which somebody else plays the role. The rows of a parent's timeline may know of a swap that its fork does not have.</summary>
    public long? UntilSeq(AgentAssignment assignment) =>
        assignments
            .Where(other => other.Role == assignment.Role && other.FromSeq > assignment.FromSeq)
            .Select(other => (long?)other.FromSeq)
            .Min();
}
