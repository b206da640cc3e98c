using Republic.Core.Answering.Traces;
using Republic.Core.Memories.Recall;

namespace Republic.Core.Answering.Stages;

/// <summary>What came of the memory stage; no stage where there was nothing to be reminded of.</summary>
/// <param name="Memories">Those that the answer may be given.</param>
internal sealed record Reminder(StageTrace? Stage, IReadOnlyList<RecalledMemory> Memories)
{
    public static readonly Reminder None = new(null, []);

    /// <summary>The whole answer, where what is remembered decides it; null: the stages go on.</summary>
    public string? Answer { get; init; }
}
