namespace Republic.Core.Interactions;

/// <summary>An answer with its question and its rating, as the database has them. Texts are empty where they cannot be learned anyway.</summary>
internal sealed record PairRow
{
    public required Guid MessageId { get; init; }
    public required Guid ConversationId { get; init; }
    public required string? Title { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>True where all people in the conversation agreed.</summary>
    public required bool IsTeaching { get; init; }
    public required string Instruction { get; init; }

    /// <summary>What would be learned: the correction where there is one, else the answer.</summary>
    public required string Response { get; init; }

    /// <summary>The length of the response in characters, also where its text was left out.</summary>
    public required int ResponseLength { get; init; }
    public required bool IsCorrection { get; init; }
    public required double? Score { get; init; }

    /// <summary>True where the model came to the end of its answer.</summary>
    public required bool IsWhole { get; init; }
    public required string? Provider { get; init; }

    /// <summary>The model that was asked and answered. Its provider may name it otherwise in the answer: an alias by its date.</summary>
    public required string? Model { get; init; }
    public required bool UsedMemory { get; init; }

    /// <summary>True where one of these memories was forgotten since, or it is not known which they were.</summary>
    public required bool UsedForgotten { get; init; }
    public required Guid[] MemoryIds { get; init; }
}
