using Republic.Core.Answering.Turns;

namespace Republic.Core.Comparisons;

/// <summary>The answer of one candidate.</summary>
public sealed class ComparisonAnswer : Turn
{
    public required Guid ComparisonId { get; init; }

    /// <summary>The index among the answers, from 0, from left to right.</summary>
    public required int Position { get; init; }

    public required Guid MinionId { get; init; }

    public required int Version { get; init; }
}
