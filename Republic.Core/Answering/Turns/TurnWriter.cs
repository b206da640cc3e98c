using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering.Clients;
using Republic.Core.Answering.Tools;
using Republic.Core.Jobs;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Answering.Turns;

/// <summary>Asks a minion for a turn, and hands on its answer stage by stage and piece by piece. Whatever happens, there is a receipt.</summary>
public sealed class TurnWriter(MinionClients minions, TimeProvider time, ILogger<TurnWriter> log)
{
    /// <summary>Writes the turn while another task saves it, again and again.</summary>
    public async Task<AnswerReceipt> WriteAsync(RunningTurn turn, ITurnSink sink, Func<CancellationToken, Task> save, TimeSpan saveEvery)
    {
        using var written = new CancellationTokenSource();
        var saving = SaveAsync(turn, save, saveEvery, written.Token);
        try
        {
            var receipt = await AskAsync(turn, sink);
            await sink.WrittenAsync();
            return receipt;
        }
        finally
        {
            await written.CancelAsync();
            await saving;
        }
    }

    private async Task SaveAsync(RunningTurn turn, Func<CancellationToken, Task> save, TimeSpan every, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(every, time);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await save(ct);
            }
            catch (JobOvertakenException)
            {
                turn.Cancel(TurnCancellation.Lost);
                return;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // It is written, and its last save is another one.
            }
            catch (Exception e)
            {
                // The answer goes on in memory, and the last save decides.
                log.LogWarning("Turn {Turn} could not be saved while it is written: {Reason}", turn.Id, e.Message);
            }

            await ((Task)timer.WaitForNextTickAsync(ct).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<AnswerReceipt> AskAsync(RunningTurn turn, ITurnSink sink)
    {
        var started = time.GetTimestamp();
        ReceiptClient? receipts = null;
        try
        {
            var loaded = await sink.RequestAsync(turn, turn.Token);
            if (!loaded.Ok)
            {
                return Receipt(turn.Cancellation?.End ?? AnswerEnd.Failed, loaded.Failure.Message);
            }

            var request = loaded.Value;
            using var late = request.Time is var (most, passed)
                ? time.CreateTimer(_ => turn.Cancel(new TurnCancellation(AnswerEnd.Failed, passed)), null, most, Timeout.InfiniteTimeSpan)
                : null;
            using var client = minions.Client(request.Call with { StartedAt = started });
            receipts = client.GetRequiredService<ReceiptClient>();
            return await StreamAsync(turn, request, client, sink) switch
            {
                AnswerEnd.Failed => Receipt(AnswerEnd.Failed, request.Limit!.Passed),
                AnswerEnd.Waiting => Receipt(AnswerEnd.Waiting),
                _ when turn.Text.Length > 0 => Receipt(AnswerEnd.Complete),
                _ => Receipt(
                    AnswerEnd.Failed,
                    $"{request.Call.Route.First?.Provider.DisplayName} ended the answer without a word. {sink.Retry}, or {sink.Change}."
                ),
            };
        }
        catch (OperationCanceledException) when (turn.Cancellation is { } cancelled)
        {
            return Receipt(
                cancelled.End,
                cancelled == TurnCancellation.Shutdown ? $"{cancelled.Why} What came is kept. {sink.Retry} for the whole." : cancelled.Why
            );
        }
        catch (AnswerException e)
        {
            return Receipt(AnswerEnd.Failed, e.Message);
        }
        catch (ProviderException e)
        {
            var isCutOff = turn.Text.Length > 0 || e.Kind == ProviderErrorKind.Interrupted;
            return Receipt(isCutOff ? AnswerEnd.Interrupted : AnswerEnd.Failed, e.Message);
        }
        catch (Exception e)
        {
            log.LogError(e, "Turn {Turn} failed", turn.Id);
            return Receipt(
                AnswerEnd.Failed,
                $"Something went wrong inside Republic, not with what you wrote. The log has the details. {sink.Retry} to try once more."
            );
        }

        AnswerReceipt Receipt(AnswerEnd end, string? error = null) =>
            turn.Whole(
                receipts?.Receipt(end, error)
                    ?? new AnswerReceipt(end, error) { Cost = 0, DurationMs = time.GetElapsedTime(started).TotalMilliseconds }
            );
    }

    /// <returns>Failed where a limit was passed: what came until then is kept.</returns>
    private static async Task<AnswerEnd> StreamAsync(RunningTurn turn, TurnRequest request, IChatClient client, ITurnSink sink)
    {
        var (limit, thought, isCut, isWaiting) = (request.Limit, 0L, false, false);
        await foreach (var update in client.GetStreamingResponseAsync(request.Messages, request.Options, turn.Token))
        {
            foreach (var stages in update.Contents.OfType<StageContent>())
            {
                turn.Trace = stages.Trace;
                sink.Staged(stages.Trace);
            }

            if (turn.Text.Append(update.Text) is { Added.Length: > 0 } grown)
            {
                sink.Grew(turn, grown.Offset, grown.Added);
            }

            // What a model thinks is paid for as what it says.
            thought += update.Contents.OfType<TextReasoningContent>().Sum(piece => piece.Text.Length);
            isWaiting |= update.Contents.OfType<ToolWaitContent>().Any();
            isCut |= limit is { CutsAtLength: true } && update.FinishReason == ChatFinishReason.Length;
            if (limit?.IsPassedBy(turn.Text.Length + thought) == true)
            {
                return AnswerEnd.Failed;
            }

            if (turn.Text.Length >= request.MaxLength)
            {
                break;
            }
        }

        return isWaiting ? AnswerEnd.Waiting
            : isCut ? AnswerEnd.Failed
            : AnswerEnd.Complete;
    }
}
