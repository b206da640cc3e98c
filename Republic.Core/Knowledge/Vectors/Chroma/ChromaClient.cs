using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge.Vectors.Chroma;

/// <summary>Speaks version 2 of Chroma's REST interface. Every request for rows names their owner.</summary>
internal sealed class ChromaClient : IDisposable
{
    public const string Prefix = "republic-";
    private const int LongestAnswer = 64 << 20;
    private const int MostRows = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient http;

    public ChromaClient(IOptions<ChromaOptions> options)
    {
        var settings = options.Value;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        if (settings.Url is { } url)
        {
            var place = $"api/v2/tenants/{Uri.EscapeDataString(settings.Tenant)}/databases/{Uri.EscapeDataString(settings.Database)}/";
            http.BaseAddress = new Uri(new Uri(url.AbsoluteUri.TrimEnd('/') + "/"), place);
        }

        if (settings.Token is { Length: > 0 } token)
        {
            http.DefaultRequestHeaders.Add("x-chroma-token", token);
        }
    }

    /// <summary>Makes the collection where there is none, and gives the server's own name for it.</summary>
    public async Task<Guid> OpenAsync(VectorSpace space, CancellationToken ct)
    {
        var body = new
        {
            name = ChromaNames.Of(space),
            get_or_create = true,
            metadata = new { owner = space.Owner, collection = space.Collection },
            configuration = new { hnsw = new { space = "cosine" } },
        };
        return (await SendAsync<ChromaCollection>(HttpMethod.Post, "collections", body, ct)).Id;
    }

    public async Task<List<ChromaCollection>> ListAsync(CancellationToken ct)
    {
        List<ChromaCollection> all = [];
        while (true)
        {
            var page = await SendAsync<List<ChromaCollection>>(
                HttpMethod.Get,
                $"collections?limit={MostRows}&offset={all.Count}",
                null,
                ct
            );
            all.AddRange(page);
            if (page.Count < MostRows)
            {
                return all.FindAll(collection => collection.Name.StartsWith(Prefix, StringComparison.Ordinal));
            }
        }
    }

    public Task DropAsync(string name, CancellationToken ct) => SendAsync<object>(HttpMethod.Delete, $"collections/{name}", null, ct);

    /// <summary>Which passages of which documents it holds.</summary>
    public async Task<List<ChromaRow>> RowsAsync(Guid collection, Guid owner, CancellationToken ct)
    {
        List<ChromaRow> all = [];
        while (true)
        {
            var body = new
            {
                where = new { owner },
                limit = MostRows,
                offset = all.Count,
                include = new[] { "metadatas" },
            };
            var page = await SendAsync<ChromaRows>(HttpMethod.Post, $"collections/{collection}/get", body, ct);
            all.AddRange(page.Ids.Zip(page.Metadatas ?? [], (id, about) => new ChromaRow(id, about.Document, about.Revision)));
            if (page.Ids.Count < MostRows)
            {
                return all;
            }
        }
    }

    public async Task AddAsync(Guid collection, Guid owner, DocumentVectors vectors, CancellationToken ct)
    {
        for (var from = 0; from < vectors.Passages.Length; from += MostRows)
        {
            var rows = Enumerable.Range(from, Math.Min(MostRows, vectors.Passages.Length - from)).ToList();
            var about = new ChromaAbout(owner, vectors.Document, vectors.Revision);
            var body = new
            {
                ids = rows.Select(row => vectors.Passages[row]),
                embeddings = rows.Select(row => vectors.Vector(row).ToArray()),
                metadatas = rows.Select(_ => about),
            };
            await SendAsync<object>(HttpMethod.Post, $"collections/{collection}/upsert", body, ct);
        }
    }

    public async Task RemoveAsync(Guid collection, IReadOnlyList<Guid> passages, CancellationToken ct)
    {
        foreach (var ids in passages.Chunk(MostRows))
        {
            await SendAsync<object>(HttpMethod.Post, $"collections/{collection}/delete", new { ids }, ct);
        }
    }

    public async Task<List<VectorHit>> QueryAsync(Guid collection, Guid owner, float[] query, int limit, CancellationToken ct)
    {
        var body = new
        {
            query_embeddings = new[] { query },
            n_results = limit,
            where = new { owner },
            include = new[] { "distances" },
        };
        var answer = await SendAsync<ChromaNearest>(HttpMethod.Post, $"collections/{collection}/query", body, ct);
        return answer is { Ids: [var ids], Distances: [var distances] }
            ? [.. ids.Zip(distances, (id, distance) => new VectorHit(id, 1 - distance))]
            : throw new ChromaException("The Chroma server answered without neighbours.");
    }

    public void Dispose() => http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : JsonContent.Create(body, options: SnakeCaseJson.Options);
            using var response = await http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode)
            {
                throw new ChromaException(
                    $"The Chroma server answered {(int)response.StatusCode}{await SaidAsync(response, ct)}.",
                    response.StatusCode
                );
            }

            return await response.Content.ReadFromJsonAsync<T>(SnakeCaseJson.Options, ct)
                ?? throw new ChromaException("The Chroma server answered nothing.");
        }
        catch (Exception e)
            when (e is HttpRequestException or JsonException || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw new ChromaException(
                $"The Chroma server cannot be reached: {e.Message.TrimEnd('.')}.",
                HttpStatusCode.ServiceUnavailable,
                e
            );
        }
    }

    private static async Task<string> SaidAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        return text.Length is > 0 and < 400 ? $", “{text}”" : "";
    }

    internal sealed record ChromaCollection(Guid Id, string Name, ChromaWhose? Metadata);

    internal sealed record ChromaWhose(Guid? Owner, Guid? Collection);

    internal sealed record ChromaRow(Guid Passage, Guid Document, int Revision);

    private sealed record ChromaAbout(Guid Owner, Guid Document, int Revision);

    private sealed record ChromaRows(List<Guid> Ids, List<ChromaAbout>? Metadatas);

    private sealed record ChromaNearest(List<List<Guid>>? Ids, List<List<double>>? Distances);
}
