using Republic.Core.Datasets.Rows;

namespace Republic.Core.Training.Grading;

/// <summary>The answers of both versions to one prompt, asked with the same seed.</summary>
/// <param name="Prompt">“question/2” or “held/17”: the same for all repeats of a prompt.</param>
internal sealed record AnsweredPair(string Prompt, int Repeat, string Text, AnsweredPair.Said Before, AnsweredPair.Said After)
{
    /// <summary>What was said before the prompt, in a row of several turns.</summary>
    public IReadOnlyList<RowMessage> Earlier { get; init; } = [];

    /// <summary>Of the held-out row; null for a question of another kind.</summary>
    public int? Group { get; init; }

    /// <summary>The dataset's own answer.</summary>
    public string? Reference { get; init; }

    /// <param name="Key">Of the call in the run's journal.</param>
    public sealed record Said(string Key, string Text);
}
