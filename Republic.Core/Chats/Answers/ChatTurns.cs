using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering.Traces;
using Republic.Core.Chats.Messages;
using Republic.Core.Events;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Chats.Answers;

/// <summary>Answers in progress on this node; they outlive the request.</summary>
public sealed class ChatTurns : IHostedService
{
    private const string StopTopic = "chat.stop";

    private readonly ConcurrentDictionary<Guid, RunningAnswer> running = [];
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
        notices.OnNotice(StopTopic, body => Find(Guid.Parse(body))?.End(AnswerEnding.Stopped));
    }

    public void Start(AnswerOrder order)
    {
        var answer = new RunningAnswer(order);
        running[order.MessageId] = answer;
        answer.Work = Task.Run(() => RunAsync(answer));
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            answer.End(AnswerEnding.Shutdown);
        }
    }

    /// <summary>What has come so far of an answer that is being written here.</summary>
    public AnswerText? TextOf(Guid message) => Find(message)?.Text;

    /// <summary>Which stages it has gone through; null where it is not written here, or has none but generation.</summary>
    public AnswerTrace? TraceOf(Guid message) => Find(message)?.Trace;

    /// <summary>Ends an answer with what came. False when another process writes it: that one is told.</summary>
    public async Task<bool> StopAsync(Guid message, CancellationToken ct)
    {
        if (Find(message) is not { } answer)
        {
            notices.Send(StopTopic, message.ToString());
            return false;
        }

        answer.End(AnswerEnding.Stopped);
        await answer.Work.WaitAsync(ct);
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
        await Task.WhenAll(running.Values.Select(answer => answer.Work))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private RunningAnswer? Find(Guid message) => running.GetValueOrDefault(message);

    private void EndAll()
    {
        foreach (var answer in running.Values)
        {
            answer.End(AnswerEnding.Shutdown);
        }
    }

    /// <summary>By rules, before the answer ends: the next question may be about what this message said.</summary>
    private Task LearnAsync(AnswerOrder order) =>
        order.SaidInChat is { } said ? learning.LearnAsync(said, lifetime.ApplicationStopping) : Task.CompletedTask;

    /// <summary>A model is asked what to remember when nobody waits for the answer any more.</summary>
    private void Interview(AnswerOrder order)
    {
        if (order.SaidInChat is { } said)
        {
            _ = Task.Run(() => learning.InterviewAsync(said, lifetime.ApplicationStopping));
        }
    }

    private async Task RunAsync(RunningAnswer answer)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ChatTurn>().RunAsync(answer, () => LearnAsync(answer.Order));
            Interview(answer.Order);
        }
        catch (Exception e)
        {
            // Its row stays as it was; the sweep ends it as interrupted.
            log.LogError(e, "Answer {Message} could not be saved", answer.Order.MessageId);
        }
        finally
        {
            running.TryRemove(answer.Order.MessageId, out _);
            answer.Dispose();
        }
    }
}
