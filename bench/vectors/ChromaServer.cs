using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Republic.Core.Knowledge.Vectors;
using Republic.Core.Knowledge.Vectors.Chroma;

namespace Republic.Bench;

/// <summary>Chroma as npm brings it, on loopback, asked as Republic asks it.</summary>
internal sealed class ChromaServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private readonly HttpClient http;

    private ChromaServer(Process process, DirectoryInfo folder, Uri url)
    {
        (this.process, this.folder) = (process, folder);
        http = new HttpClient { BaseAddress = new Uri(url, "/api/v2/tenants/default_tenant/databases/default_database/collections/") };
        Client = new ChromaClient(Options.Create(new ChromaOptions { Url = url }));
    }

    private static readonly string[] Included = ["distances"];

    public ChromaClient Client { get; }

    /// <returns>Null where it is not installed, which is said.</returns>
    public static async Task<ChromaServer?> StartAsync(string cli)
    {
        if (!File.Exists(cli))
        {
            Console.Error.WriteLine("Chroma is not installed (npm install in dev/chroma): Republic alone");
            return null;
        }

        var place = Directory.CreateTempSubdirectory("republic-bench-chroma-");
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var command = $"exec node '{cli}' run --path '{place.FullName}/data' --host 127.0.0.1 --port {port} >/dev/null 2>&1 </dev/null";
        var child = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = place.FullName })!;
        var url = new Uri($"http://127.0.0.1:{port}");
        using var probe = new HttpClient();
        while (!await IsThereAsync(probe, new Uri(url, "/api/v2/heartbeat")))
        {
            if (child.HasExited)
            {
                throw new InvalidOperationException($"Chroma ended with {child.ExitCode}: {command}");
            }

            await Task.Delay(100);
        }

        return new ChromaServer(child, place, url);
    }

    /// <summary>A new, empty collection.</summary>
    public Task<Guid> NewAsync() =>
        Client.OpenAsync(new VectorSpace(Guid.CreateVersion7(), Guid.CreateVersion7(), "bench"), CancellationToken.None);

    /// <summary>A question as it goes over the wire, written beforehand, and without a filter on rows: the least that Chroma can be asked.</summary>
    public static byte[] Question(float[] vector) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                query_embeddings = new[] { vector },
                n_results = Vectors.Nearest,
                include = Included,
            }
        );

    /// <summary>The answer as it came; reading it is not counted against Chroma.</summary>
    public async Task<byte[]> AskAsync(Guid collection, byte[] question)
    {
        using var body = new ByteArrayContent(question);
        body.Headers.ContentType = new("application/json");
        using var answer = await http.PostAsync($"{collection}/query", body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        Client.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static async Task<bool> IsThereAsync(HttpClient http, Uri heartbeat)
    {
        try
        {
            using var answer = await http.GetAsync(heartbeat);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
