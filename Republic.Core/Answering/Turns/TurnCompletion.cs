using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;

namespace Republic.Core.Answering.Turns;

/// <summary>Ends turns, each within the transaction of the change that ends it.</summary>
internal static class TurnCompletion
{
    /// <summary>
    /// Saves the end of a turn: its text and figures, once. A turn that was stopped meanwhile, or whose writer was taken for gone, keeps that
    /// state and its reason, and gets what its answer took all the same.
    /// </summary>
    /// <returns>False where that was done before.</returns>
    public static Task<bool> EndTurnAsync<TTurn>(this RepublicDb db, Guid id, string text, AnswerReceipt receipt, CancellationToken ct)
        where TTurn : Turn => db.EndTurnAsync<TTurn>(id, text, receipt, _ => { }, ct);

    /// <param name="also">Sets columns of the noun's own, in the same statement.</param>
    /// <inheritdoc cref="EndTurnAsync{TTurn}(RepublicDb, Guid, string, AnswerReceipt, CancellationToken)"/>
    public static async Task<bool> EndTurnAsync<TTurn>(
        this RepublicDb db,
        Guid id,
        string text,
        AnswerReceipt receipt,
        Action<UpdateSettersBuilder<TTurn>> also,
        CancellationToken ct
    )
        where TTurn : Turn
    {
        var state = StateOf(receipt.End);
        return await db.Set<TTurn>()
                .Where(t => t.Id == id && t.DurationMs == null && t.State != TurnState.Complete && t.State != TurnState.Waiting)
                .ExecuteUpdateAsync(
                    set =>
                    {
                        also(set);
                        Take(set, text, receipt)
                            .SetProperty(
                                t => t.Error,
                                t => t.State == TurnState.Pending || t.State == TurnState.Streaming ? receipt.Error : t.Error
                            )
                            .SetProperty(
                                t => t.State,
                                t => t.State == TurnState.Pending || t.State == TurnState.Streaming ? state : t.State
                            )
                            .SetProperty(t => t.EndedAt, t => t.EndedAt ?? RepublicDb.Now())
                            .SetProperty(t => t.Phase, (string?)null);
                    },
                    ct
                ) == 1
            && await db.DeletePiecesAsync<TTurn>(id, ct);
    }

    /// <summary>
    /// Saves that a turn waits for a person, with what it took so far. Its text stays in its pieces, which the writer has saved before; it goes on
    /// with <see cref="ResumeAsync"/>.
    /// </summary>
    /// <returns>False where it was stopped meanwhile, or its writer taken for gone.</returns>
    public static async Task<bool> WaitTurnAsync<TTurn>(this RepublicDb db, Guid id, AnswerReceipt receipt, CancellationToken ct)
        where TTurn : Turn =>
        await db.Set<TTurn>()
            .Where(t => t.Id == id)
            .BeingWritten()
            .ExecuteUpdateAsync(
                set =>
                    Figures(set, receipt)
                        .SetProperty(t => t.State, TurnState.Waiting)
                        .SetProperty(t => t.Phase, (string?)null)
                        .SetProperty(t => t.UpdatedAt, _ => RepublicDb.Now()),
                ct
            ) == 1;

    /// <summary>From waiting to pending, once: whoever gets true has it written on.</summary>
    public static async Task<bool> ResumeAsync<TTurn>(this IQueryable<TTurn> turn, CancellationToken ct)
        where TTurn : Turn =>
        await turn.Where(t => t.State == TurnState.Waiting)
            .ExecuteUpdateAsync(
                set => set.SetProperty(t => t.State, TurnState.Pending).SetProperty(t => t.UpdatedAt, _ => RepublicDb.Now()),
                ct
            ) == 1;

    /// <summary>
    /// Saves what a turn took whose job does not end it: it was cancelled or overtaken, or is put back by a node that goes down. The state
    /// is left as it is; a turn that was begun anew meanwhile is left alone.
    /// </summary>
    public static async Task KeepTurnAsync<TTurn>(this RepublicDb db, Guid id, WrittenTurn written, CancellationToken ct)
        where TTurn : Turn
    {
        var (receipt, text, startedAt) = written;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var kept = await db.Set<TTurn>()
            .Where(t => t.Id == id && t.StartedAt == startedAt && t.DurationMs == null && t.State != TurnState.Complete)
            .ExecuteUpdateAsync(set => Take(set, text, receipt), ct);
        _ = kept == 1 && await db.DeletePiecesAsync<TTurn>(id, ct);
        if (!await db.Set<TTurn>().Unfinished().AnyAsync(t => t.Id == id, ct))
        {
            // Its model may have asked for them as it was stopped.
            await db.ExpireToolCallsAsync([id], ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>
    /// Ends turns whose writer is gone, or is to find out that they were stopped, or that wait, with the text that was saved. In the transaction of
    /// <paramref name="db"/>.
    /// </summary>
    /// <param name="error">For people.</param>
    /// <returns>The turns that were still to be written.</returns>
    public static async Task<IReadOnlyList<Guid>> CloseTurnsAsync<TTurn>(
        this RepublicDb db,
        IQueryable<TTurn> turns,
        TurnState state,
        string? error,
        CancellationToken ct
    )
        where TTurn : Turn
    {
        List<Guid> closed = [];
        foreach (var id in await turns.Unfinished().Select(t => t.Id).ToListAsync(ct))
        {
            // The state first: it waits for a save under way, after which no other one is made, and which may show that its writer lives.
            var isClosed = await turns
                .Where(t => t.Id == id)
                .Unfinished()
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(t => t.State, state)
                            .SetProperty(t => t.Error, error)
                            .SetProperty(t => t.Phase, (string?)null)
                            .SetProperty(t => t.EndedAt, _ => RepublicDb.Now())
                            .SetProperty(t => t.UpdatedAt, _ => RepublicDb.Now()),
                    ct
                );
            if (isClosed == 1)
            {
                var text = await db.SavedTextAsync<TTurn>(id, ct);
                await db.Set<TTurn>()
                    .Where(t => t.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(t => t.Content, t => t.Content + text), ct);
                await db.DeletePiecesAsync<TTurn>(id, ct);
                closed.Add(id);
            }
        }

        return closed;
    }

    private static UpdateSettersBuilder<TTurn> Take<TTurn>(UpdateSettersBuilder<TTurn> set, string text, AnswerReceipt receipt)
        where TTurn : Turn =>
        Figures(set, receipt)
            .SetProperty(t => t.Content, text)
            .SetProperty(t => t.UpdatedAt, _ => RepublicDb.Now())
            .SetProperty(t => t.DurationMs, receipt.DurationMs ?? 0);

    private static UpdateSettersBuilder<TTurn> Figures<TTurn>(UpdateSettersBuilder<TTurn> set, AnswerReceipt receipt)
        where TTurn : Turn =>
        set.SetProperty(t => t.Provider, receipt.Provider)
            .SetProperty(t => t.Model, receipt.Model)
            .SetProperty(t => t.MinionVersion, receipt.MinionVersion)
            .SetProperty(t => t.PromptTokens, receipt.PromptTokens)
            .SetProperty(t => t.CompletionTokens, receipt.CompletionTokens)
            .SetProperty(t => t.Cost, receipt.Cost)
            .SetProperty(t => t.Route, receipt.Route)
            .SetProperty(t => t.Trace, receipt.Trace)
            .SetProperty(t => t.FirstTokenMs, receipt.FirstTokenMs)
            .SetProperty(t => t.GenerationMs, receipt.GenerationMs)
            .SetProperty(t => t.FinishReason, receipt.FinishReason)
            .SetProperty(t => t.OmittedMessages, receipt.OmittedMessages);

    /// <returns>True, for the row that now has the whole text, or none.</returns>
    public static async Task<bool> DeletePiecesAsync<TTurn>(this RepublicDb db, Guid id, CancellationToken ct)
        where TTurn : Turn
    {
        await db.Set<TurnPiece<TTurn>>().Where(p => p.TurnId == id).ExecuteDeleteAsync(ct);
        return true;
    }

    private static TurnState StateOf(AnswerEnd end) =>
        end switch
        {
            AnswerEnd.Complete => TurnState.Complete,
            AnswerEnd.Stopped => TurnState.Stopped,
            AnswerEnd.Interrupted => TurnState.Interrupted,
            _ => TurnState.Failed,
        };
}
