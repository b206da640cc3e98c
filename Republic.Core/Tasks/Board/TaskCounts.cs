namespace Republic.Core.Tasks.Board;

/// <summary>How many tasks of a person there are for each filter of the board.</summary>
/// <param name="All">All but the archive.</param>
/// <param name="Open">Those of them that are not done.</param>
/// <param name="Due">Those that are due before the time that was asked for, and not done.</param>
/// <param name="Assignees">Everybody who has tasks, the person first.</param>
public sealed record TaskCounts(int All, int Open, int Review, int Blocked, int Due, IReadOnlyList<TaskAssignee> Assignees)
{
    /// <summary>Those that go on when the person does something.</summary>
    public int Waiting { get; init; }

    /// <summary>How many are the person's to do, those of others too that are shared with them.</summary>
    public int Mine { get; init; }

    /// <summary>How many top tasks of others are shared with the person.</summary>
    public int Shared { get; init; }

    /// <summary>How many others are offered to them.</summary>
    public int Invitations { get; init; }
}
