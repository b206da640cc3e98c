using Republic.Core.Answering.Traces;

namespace Republic.Core.Chats.Answers;

/// <summary>An answer that this process is writing.</summary>
internal sealed class RunningAnswer(AnswerOrder order) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private AnswerTrace? trace;
    private int ending = (int)AnswerEnding.Running;

    public AnswerOrder Order { get; } = order;

    public AnswerText Text { get; } = new();

    /// <summary>Its stages so far; null where there is generation alone. Others read it while it is written.</summary>
    public AnswerTrace? Trace
    {
        get => Volatile.Read(ref trace);
        set => Volatile.Write(ref trace, value);
    }

    public Task Work { get; set; } = Task.CompletedTask;

    public CancellationToken Token => cancellation.Token;

    /// <summary>Why it was cut short; the first reason counts.</summary>
    public AnswerEnding Ending => (AnswerEnding)Volatile.Read(ref ending);

    public void End(AnswerEnding reason)
    {
        if (Interlocked.CompareExchange(ref ending, (int)reason, (int)AnswerEnding.Running) == (int)AnswerEnding.Running)
        {
            try
            {
                cancellation.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It came to its own end at this very moment.
            }
        }
    }

    public void Dispose() => cancellation.Dispose();
}
