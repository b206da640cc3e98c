namespace Republic.Core.Inference.Chat;

/// <summary>
/// What Ctrl+C stops in <c>republic chat</c>: the answer that is being written, or, where there is none, the conversation.
/// Pressed again before the answer has stopped, or where nobody types, it ends the conversation at once.
/// </summary>
public sealed class ChatInterrupt(bool someoneTypes) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource conversation = new();
    private CancellationTokenSource? answer;

    /// <summary>Cancelled when the conversation is to end.</summary>
    public CancellationToken Ended => conversation.Token;

    /// <summary>False when it has been told to end before: then only the end of the process is left.</summary>
    public bool Press()
    {
        lock (gate)
        {
            if (conversation.IsCancellationRequested)
            {
                return false;
            }

            (someoneTypes && answer is { IsCancellationRequested: false } ? answer : conversation).Cancel();
            return true;
        }
    }

    /// <summary>From here to <see cref="EndAnswer"/> an answer is being written.</summary>
    internal CancellationTokenSource BeginAnswer()
    {
        lock (gate)
        {
            return answer = CancellationTokenSource.CreateLinkedTokenSource(conversation.Token);
        }
    }

    internal void EndAnswer()
    {
        lock (gate)
        {
            answer?.Dispose();
            answer = null;
        }
    }

    public void Dispose()
    {
        EndAnswer();
        conversation.Dispose();
    }
}
