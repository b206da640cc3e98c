using Republic.Core.Minions;

namespace Republic.Core.Training.Grading;

/// <summary>Consequences of a choice of judge: where the graded text goes, and what that may cost.</summary>
/// <param name="IsSelf">It would grade its own answers.</param>
/// <param name="Provider">As people know it.</param>
/// <param name="LeavesMachine">What it grades is sent to another machine.</param>
/// <param name="Calls">Of the judge, at most, as long as its grades can be read.</param>
/// <param name="Cost">In US dollars, for answers of <see cref="JudgeOffers.UsualAnswer"/> tokens; null where no price is known.</param>
public sealed record JudgeOffer(Minion Judge, bool IsSelf, string Provider, bool LeavesMachine, int Calls, decimal? Cost)
{
    /// <summary>Further calls, at most, where the run forgets: the judge is asked about lost answers then.</summary>
    public int CallsOfLost { get; init; }

    /// <summary>Why it could not be asked just now.</summary>
    public string? Problem { get; init; }
}
