using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Republic.Core.Host;
using Republic.Core.PersonalModels.Serving;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>
/// Asks the model host which models are loaded, once in three seconds at most. A host that does not answer counts as empty.
/// </summary>
public sealed class HostModels(IModelHostTransport transport, ThreadScheduler threads, TimeProvider time) : IDisposable
{
    private static readonly Uri Health = new("http://model-host/health");
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(3);

    private readonly HttpMessageInvoker http = new(transport.CreateHandler(), disposeHandler: true);
    private volatile CachedLoad? cached;

    /// <summary>True while a training run or a measurement computes beside the models, and slows them down.</summary>
    public bool IsSlowed => threads.IsShared;

    /// <summary>The load, at most three seconds old.</summary>
    public async Task<HostLoad> LoadAsync(CancellationToken ct)
    {
        if (cached is { } known && time.GetElapsedTime(known.At) < CacheLifetime)
        {
            return known.Load;
        }

        var load = await AskAsync(ct);
        cached = new CachedLoad(load, time.GetTimestamp());
        return load;
    }

    /// <summary>The current load, not the cached one.</summary>
    public Task<HostLoad> NowAsync(CancellationToken ct) => AskAsync(ct);

    /// <summary>Everything that the host reports now.</summary>
    public async Task<HostHealth> HealthAsync(CancellationToken ct)
    {
        // By the machine's clock: a test clock that stands still would let a starting host block every caller.
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(AnswerTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, Health);
        try
        {
            using var response = await http.SendAsync(request, timeout.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return HostHealth.None;
            }

            await using var body = await response.Content.ReadAsStreamAsync(timeout.Token);
            return await JsonSerializer.DeserializeAsync<HostHealth>(body, SnakeCaseJson.Options, timeout.Token) ?? HostHealth.None;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return HostHealth.None;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return HostHealth.None;
        }
    }

    /// <summary>Unloads an installed model, at once or when its answers have ended.</summary>
    public Task<HostUnloading> UnloadAsync(InstalledModel model, CancellationToken ct) =>
        SendAsync<HostUnloading>("/models/unload", model, ct);

    /// <summary>Has an installed model that is in memory stay there as its owner chose.</summary>
    public Task KeepAsync(InstalledModel model, CancellationToken ct) => SendAsync<JsonElement>("/models/keep", model, ct);

    public void Dispose() => http.Dispose();

    /// <exception cref="HttpRequestException">The model host does not answer; the message is for people.</exception>
    private async Task<T> SendAsync<T>(string path, InstalledModel model, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Health, path)) { Content = JsonContent.Create(model.ToJson()) };
        using var response = await http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        cached = null;
        return (await response.Content.ReadFromJsonAsync<T>(SnakeCaseJson.Options, ct))!;
    }

    private async Task<HostLoad> AskAsync(CancellationToken ct)
    {
        var health = await HealthAsync(ct);
        var models = health.Models ?? [];
        if (health.Memory is null && models.Count == 0)
        {
            return HostLoad.None;
        }

        // A pinned model gives way to no other, as one that answers does not.
        var idle = models.Where(model => model is { IsIdle: true, Pinned: false }).Sum(model => model.PlannedBytes);
        return new HostLoad(models.Sum(model => model.PlannedBytes) - idle, idle)
        {
            ProcessBytes = health.Memory?.RssBytes,
            Files = [.. models.Select(model => model.Id)],
        };
    }

    private sealed record CachedLoad(HostLoad Load, long At);
}
