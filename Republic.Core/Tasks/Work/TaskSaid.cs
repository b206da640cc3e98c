namespace Republic.Core.Tasks.Work;

/// <summary>A comment as the prompt has it.</summary>
/// <param name="Author">As people call that citizen.</param>
internal sealed record TaskSaid(string Author, string Kind, string Text)
{
    /// <summary>It is the owner's of the task, and no guest's or minion's.</summary>
    public bool IsByOwner { get; init; }

    /// <summary>The kind of a comment that is neither a result nor a question of a minion.</summary>
    public const string Wrote = "wrote";
}
