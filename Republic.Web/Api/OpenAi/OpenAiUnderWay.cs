using System.Collections.Concurrent;
using Republic.Core.Minions.Access;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// The calls that this node is answering. Each ends with the key or token that it was made with, as it does when its owner is deactivated:
/// every key is looked up again each second, mostly in the memory of <see cref="ApiKeyCache"/>, so that an end on any node counts.
/// </summary>
internal sealed partial class OpenAiUnderWay(ApiKeyCache keys, TimeProvider time, ILogger<OpenAiUnderWay> log) : BackgroundService
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Call, bool> calls = new();

    /// <param name="answer">Gives the answer, under the context's token; true where it is complete and good.</param>
    public async Task<bool> AnswerAsync(HttpContext context, Func<Task<bool>> answer)
    {
        var asked = context.RequestAborted;
        using var call = new Call(Authentication.BearerOf(context.Request)!, asked);
        calls[call] = true;
        context.RequestAborted = call.Token;
        try
        {
            return await answer();
        }
        catch (OperationCanceledException) when (call.HasEnded)
        {
            context.RequestAborted = asked;
            await OpenAiErrors.KeyEndedAsync(context);
            return false;
        }
        finally
        {
            context.RequestAborted = asked;
            calls.TryRemove(call, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EndRevokedAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogUnchecked(log, error.Message);
            }
        }
    }

    private async Task EndRevokedAsync(CancellationToken ct)
    {
        foreach (var sameKey in calls.Keys.GroupBy(call => call.Key, StringComparer.Ordinal))
        {
            if (await keys.FindAsync(sameKey.Key, ct) is not null)
            {
                continue;
            }

            foreach (var call in sameKey)
            {
                call.End();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be checked whose answers may go on: {Reason}")]
    private static partial void LogUnchecked(ILogger log, string reason);

    private sealed class Call(string key, CancellationToken asked) : IDisposable
    {
        private readonly CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(asked);

        public string Key => key;

        public CancellationToken Token => ended.Token;

        public bool HasEnded { get; private set; }

        public void End()
        {
            HasEnded = true;
            try
            {
                ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It was answered just now.
            }
        }

        public void Dispose() => ended.Dispose();
    }
}
