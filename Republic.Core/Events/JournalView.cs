namespace Republic.Core.Events;

/// <summary>What the readers of a journal on this node may know of it at one moment.</summary>
internal sealed class JournalView
{
    private readonly TaskCompletionSource replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last entries, oldest first.</summary>
    public JournalEntry[] Recent { get; init; } = [];

    /// <summary>Entries up to this one stand in the database alone.</summary>
    public long Floor { get; init; }

    /// <summary>Another object each time that it changes; null before the first look, and of a subject that is gone.</summary>
    public ServerEvent? Snapshot { get; init; }

    /// <summary>Grows while nothing happens.</summary>
    public int Beats { get; init; }

    /// <summary>There will be no other view.</summary>
    public bool IsOver { get; init; }

    public long Last => Recent is [.., var last] ? last.Number : Floor;

    /// <summary>Ends when another view takes the place of this one, and fails when none can.</summary>
    public Task Replaced => replaced.Task;

    public IEnumerable<JournalEntry> After(long number)
    {
        var from = Recent.Length;
        while (from > 0 && Recent[from - 1].Number > number)
        {
            from--;
        }

        return Recent.Skip(from);
    }

    public void Replace() => replaced.SetResult();

    public void Fail(Exception error) => replaced.SetException(error);
}
