using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Trying;

/// <summary>A transition from the state that a walk is in.</summary>
/// <param name="Index">Its number within the state, from 0.</param>
/// <param name="Target">The state it leads to; null where there is none of that name.</param>
/// <param name="Next">The choices of the walk that takes it.</param>
/// <param name="IsUsedUp">Whether it was taken as often as it can be.</param>
/// <param name="Error">Why its condition cannot be evaluated.</param>
public sealed record WalkOption(
    int Index,
    TransitionDefinition Transition,
    StateDefinition? Target,
    string Next,
    bool IsUsedUp,
    WalkAnswer Answer,
    string? Error
)
{
    /// <summary>True where no episode would take it from here, though a walk can.</summary>
    public bool IsNotTaken => Target is not null && !IsUsedUp && Answer is WalkAnswer.DoesNotHold or WalkAnswer.Errs;

    /// <summary>The answer in words.</summary>
    public string Sentence =>
        Target is null ? "Leads to no state"
        : IsUsedUp ? $"Was taken {Counted.Of(Transition.MaxVisits ?? 0, "time")}, and no more is allowed"
        : Answer switch
        {
            WalkAnswer.Holds => "Holds now",
            WalkAnswer.DoesNotHold => "Does not hold now",
            WalkAnswer.Errs => $"Counts as false: {Error}",
            _ => "Depends on what happens",
        };
}
