namespace Republic.Sprout.Dialogues;

/// <summary>A question and its answer.</summary>
internal sealed record Exchange(string Question, string Answer)
{
    /// <summary>The answer is not the model's: nothing is learned of it, and it has no manner.</summary>
    public bool IsGiven { get; init; }
}
