namespace Republic.Core.Tasks.Board;

/// <summary>What goes on when the person does something.</summary>
/// <param name="Tasks">How many of their own tasks wait for them: a minion asked, or somebody else handed in.</param>
/// <param name="Invitations">How many tasks of others are offered to them.</param>
public sealed record TasksWaiting(int Tasks, int Invitations)
{
    public int All => Tasks + Invitations;
}
