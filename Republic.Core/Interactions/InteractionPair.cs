using System.Text.Json.Serialization;
using Republic.Core.Interactions.PersonalData;

namespace Republic.Core.Interactions;

/// <summary>A question with what a minion would learn to answer, personal data masked as the person's rules say.</summary>
/// <param name="Instruction">Empty where the conversation does not teach.</param>
/// <param name="Response">The person's correction where there is one, else the answer.</param>
public sealed record InteractionPair(
    Guid MessageId,
    Guid ConversationId,
    string? Title,
    DateTimeOffset At,
    string Instruction,
    string Response
)
{
    public required bool IsCorrection { get; init; }

    public required double? Score { get; init; }

    /// <summary>Why the pair is not learned; null where it may be.</summary>
    public PairRefusal? Refusal { get; init; }

    public IReadOnlyList<PersonalDataKind> PersonalData { get; init; } = [];

    /// <summary>Memories that stood in the answer's prompt.</summary>
    public IReadOnlyList<Guid> MemoryIds { get; init; } = [];

    /// <summary>SHA-256 of the question and the response as masked.</summary>
    [JsonIgnore]
    public byte[] Hash { get; init; } = [];
}
