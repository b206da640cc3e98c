using System.Collections.Concurrent;
using Republic.Core.Minions.Access;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// The requests to <c>/v1</c> that this node is answering. Each ends when its key or token is revoked, or the owner deactivated: every key
/// is looked up again each second, mostly in the memory of <see cref="ApiKeyCache"/>, so that an end on any node counts.
/// </summary>
internal sealed class OpenAiActiveRequests(ApiKeyCache keys, TimeProvider time, ILogger<OpenAiActiveRequests> log)
    : RevocationTimer(CheckInterval, time, log)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<ActiveRequest, bool> requests = new();

    /// <param name="answer">Gives the answer, under the context's token; true where it is complete and good.</param>
    public async Task<bool> AnswerAsync(HttpContext context, Func<Task<bool>> answer)
    {
        var asked = context.RequestAborted;
        using var request = new ActiveRequest(Authentication.KeyOf(context.Request)!, asked);
        requests[request] = true;
        context.RequestAborted = request.Token;
        try
        {
            return await answer();
        }
        catch (OperationCanceledException) when (request.HasEnded)
        {
            context.RequestAborted = asked;
            await OpenAiErrors.KeyEndedAsync(context);
            return false;
        }
        finally
        {
            context.RequestAborted = asked;
            requests.TryRemove(request, out _);
        }
    }

    protected override async Task EndRevokedAsync(CancellationToken ct)
    {
        foreach (var sameKey in requests.Keys.GroupBy(request => request.Key, StringComparer.Ordinal))
        {
            if (await keys.FindAsync(sameKey.Key, ct) is not null)
            {
                continue;
            }

            foreach (var request in sameKey)
            {
                request.End();
            }
        }
    }

    private sealed class ActiveRequest(string key, CancellationToken asked) : IDisposable
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
