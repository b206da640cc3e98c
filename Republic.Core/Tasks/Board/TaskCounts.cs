namespace Republic.Core.Tasks.Board;

/// <summary>How many tasks of a person there are for each filter of the board.</summary>
public sealed record TaskCounts
{
    /// <summary>All but the archive.</summary>
    public int All { get; init; }

    /// <summary>Those of them that are not done.</summary>
    public int Open { get; init; }

    public int Review { get; init; }

    public int Blocked { get; init; }

    /// <summary>Those that are due before the time that was asked for, and not done.</summary>
    public int Due { get; init; }

    /// <summary>Everybody who has tasks, the person first.</summary>
    public IReadOnlyList<TaskAssignee> Assignees { get; init; } = [];

    /// <summary>Those that go on when the person does something.</summary>
    public int Waiting { get; init; }

    /// <summary>How many are the person's to do, those of others too that are shared with them.</summary>
    public int Mine { get; init; }

    /// <summary>How many top tasks of others are shared with the person.</summary>
    public int Shared { get; init; }

    /// <summary>How many others are offered to them.</summary>
    public int Invitations { get; init; }
}
