using Republic.Core.Answering.Traces;

namespace Republic.Core.Answering.Turns;

/// <summary>A turn while this process writes it: its writer adds to it, and others read it at any time.</summary>
public sealed class RunningTurn(Guid id) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private AnswerTrace? trace;
    private string? phase;
    private TurnCut? cut;

    /// <summary>The id of its row.</summary>
    public Guid Id { get; } = id;

    public TurnText Text { get; } = new();

    /// <summary>How much of the text is saved.</summary>
    internal int SavedLength { get; set; }

    /// <summary>The stages that are saved.</summary>
    internal AnswerTrace? SavedTrace { get; set; }

    /// <summary>Its stages so far; null where there is generation alone.</summary>
    public AnswerTrace? Trace
    {
        get => Volatile.Read(ref trace);
        set => Volatile.Write(ref trace, value);
    }

    /// <inheritdoc cref="Turn.Phase"/>
    public string? Phase
    {
        get => Volatile.Read(ref phase);
        set => Volatile.Write(ref phase, value);
    }

    /// <summary>The task that writes it, from its request to its saved end.</summary>
    public Task Work { get; set; } = Task.CompletedTask;

    public CancellationToken Token => cancellation.Token;

    /// <summary>Why it was cut short, the first reason; null where it was not.</summary>
    public TurnCut? Cut => Volatile.Read(ref cut);

    public void End(TurnCut reason)
    {
        if (Interlocked.CompareExchange(ref cut, reason, null) is null)
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
