using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering.Traces;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;
using Republic.Core.Events;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Chats.Answers;

/// <summary>Answers in progress on this node; they outlive the request.</summary>
public sealed class ChatTurns : IHostedService
{
    private const string StopTopic = "chat.stop";

    private readonly ConcurrentDictionary<Guid, RunningTurn> running = [];
    private readonly IServiceScopeFactory scopes;
    private readonly NodeNotices notices;
    private readonly IHostApplicationLifetime lifetime;
    private readonly MemoryLearning learning;
    private readonly ILogger<ChatTurns> log;

    public ChatTurns(
        IServiceScopeFactory scopes,
        NodeNotices notices,
        IHostApplicationLifetime lifetime,
        MemoryLearning learning,
        ILogger<ChatTurns> log
    )
    {
        (this.scopes, this.notices, this.lifetime, this.learning, this.log) = (scopes, notices, lifetime, learning, log);
        notices.OnNotice(StopTopic, body => Find(Guid.Parse(body))?.Cancel(TurnCancellation.Stopped));
    }

    /// <summary>The ids of the answers that are being written here.</summary>
    public ICollection<Guid> Running => running.Keys;

    public void Start(AnswerOrder order)
    {
        var turn = new RunningTurn(order.MessageId);
        running[order.MessageId] = turn;
        turn.Work = Task.Run(() => RunAsync(turn, order));
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            turn.Cancel(TurnCancellation.Shutdown);
        }
    }

    /// <summary>What has come so far of an answer that is being written here.</summary>
    public TurnText? TextOf(Guid message) => Find(message)?.Text;

    /// <summary>Which stages it has gone through; null where it is not written here, or has none but generation.</summary>
    public AnswerTrace? TraceOf(Guid message) => Find(message)?.Trace;

    /// <summary>Ends an answer with what came. False when another process writes it: that one is told.</summary>
    public async Task<bool> StopAsync(Guid message, CancellationToken ct)
    {
        if (Find(message) is not { } turn)
        {
            notices.Send(StopTopic, message.ToString());
            return false;
        }

        turn.Cancel(TurnCancellation.Stopped);
        await turn.Work.WaitAsync(ct);
        return true;
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        // Before the model host goes down: its broken connections would look like its own fault.
        lifetime.ApplicationStopping.Register(EndAll);
        return Task.CompletedTask;
    }

    async Task IHostedService.StopAsync(CancellationToken cancellationToken)
    {
        EndAll();
        await Task.WhenAll(running.Values.Select(turn => turn.Work))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private RunningTurn? Find(Guid message) => running.GetValueOrDefault(message);

    private void EndAll()
    {
        foreach (var turn in running.Values)
        {
            turn.Cancel(TurnCancellation.Shutdown);
        }
    }

    /// <summary>A model is asked what to remember when nobody waits for the answer any more.</summary>
    private void Interview(AnswerOrder order)
    {
        if (order.SaidInChat is { } said)
        {
            _ = Task.Run(() => learning.InterviewAsync(said, lifetime.ApplicationStopping));
        }
    }

    private async Task RunAsync(RunningTurn turn, AnswerOrder order)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ChatTurn>().RunAsync(turn, order);
            Interview(order);
        }
        catch (Exception e)
        {
            // Its row stays as it was; the sweep ends it as interrupted.
            log.LogError(e, "Answer {Message} could not be saved", order.MessageId);
        }
        finally
        {
            // Where the answer waited and goes on already, another one stands there.
            running.TryRemove(KeyValuePair.Create(order.MessageId, turn));
            turn.Dispose();
        }
    }
}
