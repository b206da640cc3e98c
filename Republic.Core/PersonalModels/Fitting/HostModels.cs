using System.Net;
using System.Text.Json;
using Republic.Core.Providers;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>
/// Asks the model host which models are loaded, once in three seconds at most. A host that does not answer counts as empty.
/// </summary>
public sealed class HostModels(IModelHostTransport transport, TimeProvider time) : IDisposable
{
    private static readonly Uri Health = new("http://model-host/health");
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(3);

    private readonly HttpMessageInvoker http = new(transport.CreateHandler(), disposeHandler: true);
    private volatile CachedLoad? cached;

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

    public void Dispose() => http.Dispose();

    private async Task<HostLoad> AskAsync(CancellationToken ct)
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
                return HostLoad.None;
            }

            await using var body = await response.Content.ReadAsStreamAsync(timeout.Token);
            var health = await JsonSerializer.DeserializeAsync<HealthResponse>(body, SnakeCaseJson.Options, timeout.Token);
            var models = health?.Models ?? [];
            var idle = models.Where(model => model.Active == 0 && model.Waiting == 0).Sum(model => model.PlannedBytes);
            return new HostLoad(models.Sum(model => model.PlannedBytes) - idle, idle)
            {
                ProcessBytes = health?.Memory?.RssBytes,
                Files = [.. models.Select(model => model.Id)],
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return HostLoad.None;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return HostLoad.None;
        }
    }

    private sealed record CachedLoad(HostLoad Load, long At);

    private sealed record HealthResponse(HealthMemory? Memory, IReadOnlyList<HealthModel>? Models);

    private sealed record HealthMemory(long RssBytes);

    private sealed record HealthModel(string Id, long PlannedBytes, int Active, int Waiting);
}
