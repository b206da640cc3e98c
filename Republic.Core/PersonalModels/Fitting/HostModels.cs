using System.Net;
using System.Text.Json;
using Republic.Core.Providers;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>Asks the model host what is in its memory, every few seconds at most. A host that does not answer has nothing there.</summary>
public sealed class HostModels(IModelHostTransport transport, TimeProvider time) : IDisposable
{
    private static readonly Uri Health = new("http://model-host/health");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly HttpMessageInvoker http = new(transport.CreateHandler(), disposeHandler: true);
    private volatile Asked? last;

    public async Task<HostLoad> LoadAsync(CancellationToken ct)
    {
        if (last is { } known && time.GetElapsedTime(known.At) < Fresh)
        {
            return known.Load;
        }

        var load = await AskAsync(ct);
        last = new Asked(load, time.GetTimestamp());
        return load;
    }

    /// <summary>As it is now, whatever was known before.</summary>
    public Task<HostLoad> NowAsync(CancellationToken ct) => AskAsync(ct);

    public void Dispose() => http.Dispose();

    private async Task<HostLoad> AskAsync(CancellationToken ct)
    {
        // By the machine's clock: one that stands still would let a host that is starting hold everybody up.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, Health);
        try
        {
            using var response = await http.SendAsync(request, patience.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return HostLoad.None;
            }

            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            var told = await JsonSerializer.DeserializeAsync<Told>(body, SnakeCaseJson.Options, patience.Token);
            var models = told?.Models ?? [];
            var idle = models.Where(model => model.Active == 0 && model.Waiting == 0).Sum(model => model.PlannedBytes);
            return new HostLoad(models.Sum(model => model.PlannedBytes) - idle, idle)
            {
                ProcessBytes = told?.Memory?.RssBytes,
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

    private sealed record Asked(HostLoad Load, long At);

    private sealed record Told(ToldMemory? Memory, IReadOnlyList<ToldModel>? Models);

    private sealed record ToldMemory(long RssBytes);

    private sealed record ToldModel(string Id, long PlannedBytes, int Active, int Waiting);
}
