using System.Text.Json.Serialization;
using Republic.Core.Providers.Spending.Admission;

namespace Republic.Core.Providers.Routing;

/// <summary>What a call would do just now: who would be asked, in which order, and who is passed over, and why.</summary>
public sealed record RoutePreview([property: JsonPropertyName("hops")] IReadOnlyList<PlannedAttempt> Attempts)
{
    /// <summary>Who would be asked first; null where nobody could be.</summary>
    public PlannedAttempt? Chosen => Attempts.FirstOrDefault(attempt => attempt.Turn == 1);

    /// <summary>The first that a limit keeps from being asked.</summary>
    internal SpendingRefusal? Refusal { get; init; }

    /// <summary>About how many tokens the prompt has.</summary>
    public int PromptTokens { get; init; }

    /// <summary>As the first of a chat it would be answered from memory, and nobody asked.</summary>
    public bool IsRemembered { get; init; }

    /// <summary>The first choice, or any that may follow it, would send the prompt to another machine.</summary>
    public bool MayLeaveMachine => Attempts.Any(attempt => attempt is { Turn: not null, LeavesMachine: true });
}
