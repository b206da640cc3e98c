using Microsoft.Extensions.AI;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers;

/// <summary>Asks a provider while somebody waits before a dialog.</summary>
public sealed class ConnectionCheck(ModelRouter router, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Does it answer?</summary>
    /// <param name="route">One model, asked directly.</param>
    public async Task<ConnectionTest> TestAsync(ModelRoute route, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            return await router.TestAsync(route, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ConnectionTest(false, (long)Patience.TotalMilliseconds, route.First!.ModelId, Silence(route.First));
        }
    }

    /// <summary>What does it answer?</summary>
    /// <param name="route">One model, asked directly.</param>
    public async Task<ConnectionTest> AskAsync(ModelRoute route, string prompt, ChatOptions options, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        using var client = router.ChatClient(route);
        var (target, started) = (route.First!, time.GetTimestamp());
        try
        {
            var answer = await client.GetResponseAsync(prompt, options, either.Token);
            return new ConnectionTest(true, Elapsed(), answer.ModelId ?? target.ModelId, null)
            {
                Answer = answer.Text,
                FinishReason = answer.FinishReason?.Value,
                Cost = client.Receipt?.Cost,
            };
        }
        catch (ProviderException e)
        {
            return new ConnectionTest(false, Elapsed(), target.ModelId, e.Message) { AllowableHost = e.AllowableHost };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ConnectionTest(false, Elapsed(), target.ModelId, Silence(target));
        }

        long Elapsed() => (long)Math.Ceiling(time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Which models are there?</summary>
    public async Task<Outcome<IReadOnlyList<ListedModel>>> ListAsync(ModelTarget target, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            return Outcome<IReadOnlyList<ListedModel>>.Of(await router.ListModelsAsync(target, either.Token));
        }
        catch (ProviderException e)
        {
            return Failure.Upstream(e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failure.Upstream(Silence(target));
        }
    }

    private static string Silence(ModelTarget target) =>
        $"{target.Provider.DisplayName} did not answer within {Patience.TotalSeconds:0} seconds. It may be overloaded. Try again.";
}
