using System.Text.Json.Serialization;

namespace Republic.Core.Training.Grading;

/// <summary>What a judge said of one pair, asked in both orders. The answers themselves are in the run's journal.</summary>
/// <param name="Prompt">The same for all repeats of a prompt.</param>
/// <param name="BeforeKey">Of the call in the journal.</param>
/// <param name="AfterKey">Of the call in the journal.</param>
/// <param name="BeforeFirst">Null where the reply could not be read twice.</param>
/// <param name="AfterFirst">Null where the reply could not be read twice, or the other order was not graded.</param>
public sealed record GradedPair(
    string Prompt,
    int Repeat,
    string Text,
    string BeforeKey,
    string AfterKey,
    Judgement? BeforeFirst,
    Judgement? AfterFirst
)
{
    /// <summary>Of the held-out row that the prompt is, with those whose questions or answers are nearly equal; null for another question.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Group { get; init; }

    /// <summary>The prompt is a row of the run's, which nothing was learned from.</summary>
    [JsonIgnore]
    public bool IsHeldOut => IsOfHeldOut(Prompt);

    public static bool IsOfHeldOut(string? prompt) => prompt?.StartsWith(HeldOutPrompt.KeyStart, StringComparison.Ordinal) == true;

    public bool IsGraded => BeforeFirst is not null && AfterFirst is not null;

    /// <summary>The mean of both orders; null where not graded.</summary>
    public double? Before => (BeforeFirst?.Before.Score + AfterFirst?.Before.Score) / 2;

    public double? After => (BeforeFirst?.After.Score + AfterFirst?.After.Score) / 2;

    /// <summary>By how many points the two orders differ in how much better they call the answer after the run.</summary>
    public double? Disagreement =>
        BeforeFirst is null || AfterFirst is null ? null : Math.Abs(BeforeFirst.Difference - AfterFirst.Difference);
}
