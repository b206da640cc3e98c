using Republic.Core.Answering.Traces;

namespace Republic.Core.Answering.Stages;

/// <param name="IsUnknown">It was looked up, and nothing that was found is good enough.</param>
internal sealed record FoundPassages(StageTrace Stage, IReadOnlyList<CitedPassage> Passages, bool IsUnknown = false)
{
    /// <summary>Score of the best of them; 0 where there are none.</summary>
    public double Best => Passages.Select(passage => passage.Score).DefaultIfEmpty(0).Max();

    public static FoundPassages None(StageStatus status, string reason) => new(new StageTrace(StageName.Knowledge, status, reason), []);
}
