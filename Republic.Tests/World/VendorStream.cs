using System.Threading.Channels;

namespace Republic.Tests.World;

/// <summary>A streamed answer that the test writes: nothing comes until it says so.</summary>
public sealed class VendorStream
{
    private readonly Channel<string> frames = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the request has come.</summary>
    public Task Asked => asked.Task.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Ends when whoever asked has hung up.</summary>
    public Task ClientGone => gone.Task.WaitAsync(TestContext.Current.CancellationToken);

    public void Says(string piece) => frames.Writer.TryWrite(Say.Piece(piece));

    public void Ends()
    {
        frames.Writer.TryWrite(Say.Finish + Say.Usage + Say.Done);
        frames.Writer.Complete();
    }

    /// <summary>Ends the answer with calls of tools.</summary>
    public void EndsCalling(params IReadOnlyList<PlayedCall> calls)
    {
        frames.Writer.TryWrite(Say.Calls(calls) + Say.Usage + Say.Done);
        frames.Writer.Complete();
    }

    /// <summary>Closes the connection in the middle of the answer.</summary>
    public void BreaksOff() => frames.Writer.Complete();

    internal async Task WriteToAsync(RawCall call)
    {
        asked.TrySetResult();
        using var hungUp = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
        var listening = ListenAsync(call, hungUp);
        try
        {
            await call.StreamAsync();
            await foreach (var frame in frames.Reader.ReadAllAsync(hungUp.Token))
            {
                await call.SendAsync(frame);
            }
        }
        finally
        {
            await hungUp.CancelAsync();
            call.Dispose();
            await listening;
        }
    }

    private async Task ListenAsync(RawCall call, CancellationTokenSource hungUp)
    {
        try
        {
            await call.HangAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            if (!hungUp.IsCancellationRequested)
            {
                gone.TrySetResult();
                await hungUp.CancelAsync();
            }
        }
    }
}
