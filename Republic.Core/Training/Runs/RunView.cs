using Republic.Core.Events;

namespace Republic.Core.Training.Runs;

/// <summary>What the viewers of a run may know of it at one moment.</summary>
internal sealed class RunView
{
    private readonly TaskCompletionSource replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last events, oldest first.</summary>
    public (long Id, ServerEvent Event)[] Recent { get; init; } = [];

    /// <summary>Events up to this one stand in the database alone.</summary>
    public long Floor { get; init; }

    /// <summary>Another object each time that it changes; null before the first look, and of a run that is gone.</summary>
    public ServerEvent? Progress { get; init; }

    /// <summary>Grows while nothing happens.</summary>
    public int Beats { get; init; }

    /// <summary>There will be no other view.</summary>
    public bool IsOver { get; init; }

    public long Last => Recent is [.., var last] ? last.Id : Floor;

    /// <summary>Ends when another view takes the place of this one, and fails when none can.</summary>
    public Task Replaced => replaced.Task;

    public IEnumerable<(long Id, ServerEvent Event)> After(long id)
    {
        var from = Recent.Length;
        while (from > 0 && Recent[from - 1].Id > id)
        {
            from--;
        }

        return Recent.Skip(from);
    }

    public void Replace() => replaced.SetResult();

    public void Fail(Exception error) => replaced.SetException(error);
}
