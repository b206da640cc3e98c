namespace Republic.Core.Interactions;

/// <summary>An answer with its question and its rating, as the database has them. Texts are empty where not everybody agreed.</summary>
internal sealed record PairRow
{
    public required Guid MessageId { get; init; }
    public required Guid ConversationId { get; init; }
    public required string? Title { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required bool IsTeaching { get; init; }
    public required string Instruction { get; init; }
    public required string Answer { get; init; }
    public required string? Correction { get; init; }
    public required double? Score { get; init; }

    /// <summary>The model came to the end of its answer.</summary>
    public required bool IsWhole { get; init; }
    public required string? Provider { get; init; }
    public required string? Model { get; init; }
    public required bool UsedMemory { get; init; }
    public required Guid[] MemoryIds { get; init; }

    public string Response => Correction ?? Answer;
}
