namespace Republic.Core.Minions;

/// <summary>Which stages of an answer are switched on: style drafts in the minion's voice, knowledge finds passages, generation answers.</summary>
public sealed record MinionPipeline
{
    public bool Style { get; init; } = true;

    public bool Knowledge { get; init; } = true;

    /// <summary>Off: the style's draft is the answer.</summary>
    public bool Generation { get; init; } = true;

    /// <summary>Where its collections hold nothing on a question, it answers from what its model knows, instead of saying that it does not know.</summary>
    public bool AnswersWithoutPassages { get; init; }

    /// <summary>Questions about Republic are answered from its help, by the knowledge stage.</summary>
    public bool Help { get; init; }
}
