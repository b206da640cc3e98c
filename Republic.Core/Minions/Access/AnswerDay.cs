namespace Republic.Core.Minions.Access;

/// <summary>
/// What a minion answered on one day (UTC) over one provider. Written with <see cref="Minion.TotalQueries"/>, so that their sums agree;
/// a chat that is deleted takes nothing from either.
/// </summary>
public sealed class AnswerDay
{
    public required Guid MinionId { get; init; }

    public required DateOnly Day { get; init; }

    public required string Provider { get; init; }

    /// <summary>
    /// Given or tried: those that failed or were stopped, too. One that ended while it waited for a person to decide on its tool calls is none.
    /// </summary>
    public long Answers { get; set; }

    /// <summary>The part of <see cref="Answers"/> that came to their end.</summary>
    public long Completed { get; set; }

    /// <summary>The part of <see cref="Answers"/> that went to outside clients; the rest was given in chats.</summary>
    public long Outside { get; set; }

    public long OutsideCompleted { get; set; }
}
