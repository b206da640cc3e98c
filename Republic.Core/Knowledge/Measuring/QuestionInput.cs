namespace Republic.Core.Knowledge.Measuring;

/// <summary>What a person says about a golden question; null leaves it as it is.</summary>
public sealed record QuestionInput
{
    public string? Text { get; init; }

    /// <summary>What a good answer says; empty takes it away.</summary>
    public string? Answer { get; init; }

    /// <summary>The passage that answers it: its place is what counts, so passages may be cut otherwise later.</summary>
    public Guid? PassageId { get; init; }
}
