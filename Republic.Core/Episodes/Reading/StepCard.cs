using System.Text.Json.Serialization;
using Republic.Core.Answering.Tools;

namespace Republic.Core.Episodes.Reading;

/// <summary>A step as somebody sees it. Of one that they do not get to know, words, outcome and receipt are null.</summary>
/// <param name="State">The name of the scenario's state.</param>
/// <param name="StateId">The state of that name in the scenario's draft; null where it has none any more.</param>
/// <param name="UserId">The citizen who acts, or acted.</param>
/// <param name="Name">That citizen's name; null where they are gone.</param>
/// <param name="Action">The name of the state, as the step of the domain has it.</param>
/// <param name="Audience">The roles that get to know it.</param>
/// <param name="Hidden">The viewer does not get to know it.</param>
/// <param name="Receipt">For the owner; null for others.</param>
/// <param name="Error">Why it was not done. Of one that failed, what to do, for the owner alone, and without the provider's words where they do not see all.</param>
public sealed record StepCard(
    Guid Id,
    long Seq,
    string State,
    Guid? StateId,
    string Role,
    Guid UserId,
    string? Name,
    string Action,
    string? GeneratedText,
    string? Outcome,
    double? Score,
    StepStatus Status,
    IReadOnlyList<string> Audience,
    bool Hidden,
    StepReceipt? Receipt,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt
)
{
    /// <summary>In the order in which they were asked for, for the owner; empty for others.</summary>
    public IReadOnlyList<ToolCallRow> ToolCalls { get; init; } = [];

    /// <summary>It is not over.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is StepStatus.Pending or StepStatus.Running or StepStatus.Waiting;

    /// <summary>The same for one who does not get to know it.</summary>
    public StepCard Hide() =>
        this with
        {
            GeneratedText = null,
            Outcome = null,
            Score = null,
            Hidden = true,
            Receipt = null,
            Error = null,
            ToolCalls = [],
        };
}
