using Republic.Core.Answering.Traces;

namespace Republic.Core.Answering.Turns;

/// <summary>A turn while this process writes it: its writer adds to it, and others read it at any time.</summary>
public sealed class RunningTurn(Guid id) : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private AnswerTrace? trace;
    private string? phase;
    private TurnCancellation? cancellation;
    private AnswerReceipt? before;

    /// <summary>The id of its row.</summary>
    public Guid Id { get; } = id;

    public TurnText Text { get; } = new();

    /// <summary>The length of the text that is saved, in UTF-16 units.</summary>
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

    public CancellationToken Token => source.Token;

    /// <summary>Why the turn was cancelled, the first reason; null where it was not.</summary>
    public TurnCancellation? Cancellation => Volatile.Read(ref cancellation);

    /// <summary>Ends the answer with what has come.</summary>
    public void Cancel(TurnCancellation reason)
    {
        if (Interlocked.CompareExchange(ref cancellation, reason, null) is null)
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It came to its own end at this very moment.
            }
        }
    }

    /// <summary>Goes on behind the part that was written before it waited, which is kept whatever comes of the rest; null where it begins.</summary>
    internal void Begin(WrittenTurn? earlier)
    {
        if (earlier is not null)
        {
            Text.Append(earlier.Text);
            (SavedLength, before) = (earlier.Text.Length, earlier.Receipt);
        }
    }

    /// <summary>The receipt of the whole answer, with what its part took that was written before.</summary>
    internal AnswerReceipt Whole(AnswerReceipt receipt) => before is null ? receipt : receipt.After(before);

    public void Dispose() => source.Dispose();
}
