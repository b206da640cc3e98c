using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;

namespace Republic.Core.Episodes;

/// <summary>One course of an episode: the first, or one that was forked from another at one of its entries.</summary>
public sealed class Timeline
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid EpisodeId { get; init; }

    /// <summary>The timeline that it was forked from; null for the first.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The number of the last entry that it shares with its parent; 0 for the first.</summary>
    public long ForkedAt { get; init; }

    /// <summary>The number of its last entry.</summary>
    public long Seq { get; set; }

    /// <summary>The hash of its last entry (<see cref="Journal.EntryHash"/>).</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>Follows from the entries.</summary>
    public required EpisodeState State { get; set; }

    public EpisodeStatus Status { get; set; }

    public EpisodeWait? Wait { get; set; }

    public EndResult? Result { get; set; }

    /// <summary>When the person that it waits for is no longer waited for.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>The job that has minions act; null while it waits, or is over.</summary>
    public Guid? JobId { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
