using Republic.Core.Answering.Traces;
using Republic.Core.Data;

namespace Republic.Core.Answering.Turns;

/// <summary>One turn's noun, while the turn is written: what its minion is asked, who is told of it, and what else its end changes.</summary>
public interface ITurnSink
{
    /// <summary>The words for having the turn written again, as a sentence begins: “Answer again”.</summary>
    string Retry { get; }

    /// <summary>The words for what a person may change first, as a sentence ends: “ask in other words”.</summary>
    string Change { get; }

    /// <summary>
    /// Reads what the minion is asked, and what the turn had before it waited, and holds no database connection afterwards. A failure is the end of the
    /// turn.
    /// </summary>
    Task<Outcome<TurnRequest>> RequestAsync(RunningTurn turn, CancellationToken ct);

    /// <summary>A stage before the model has ended.</summary>
    void Staged(AnswerTrace trace) { }

    /// <param name="offset">Where the added text begins, in UTF-16 units.</param>
    void Grew(RunningTurn turn, int offset, string added) { }

    /// <summary>The turn was begun, grew, or was cancelled, and that is saved.</summary>
    void Saved() { }

    /// <summary>Why the turn should not go on, for people; null where it should. Asked with every save.</summary>
    Task<string?> RefusalAsync(CancellationToken ct) => Task.FromResult<string?>(null);

    /// <summary>The turn is written, and its end is not saved yet.</summary>
    Task WrittenAsync() => Task.CompletedTask;

    /// <summary>Changes what the end of the turn changes besides, in the transaction that saves it.</summary>
    /// <returns>The receipt to save: another one where the answer turned out to be of no use.</returns>
    Task<AnswerReceipt> EndAsync(RepublicDb db, AnswerReceipt receipt, string text, CancellationToken ct) => Task.FromResult(receipt);

    /// <summary>Takes the locks that come before the row of a job and that <see cref="EndAsync"/> needs.</summary>
    Task LockAsync(RepublicDb db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>The turn waits for a person, and that is saved. They may have decided before.</summary>
    void Waits() { }

    /// <summary>The end of the turn is saved.</summary>
    void Ended() { }
}
