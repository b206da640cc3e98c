using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Republic.Core.Data;
using Republic.Core.Inference;
using Republic.Core.Inference.Supervision;

namespace Republic.Bench;

/// <summary>
/// What one person's models cost others: file after file that crashes the model host, and one that does not fit into its memory, while the
/// built-in model gives streamed answers, whole ones and vectors. Each is held against what it was in peace.
/// </summary>
internal sealed class Crashes(string executable, int count)
{
    private const int Crash = 422;
    private const int NoMemory = 503;
    private const int Tokens = 200;
    private static readonly TimeSpan Respite = TimeSpan.FromSeconds(2);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bench-");
    private readonly byte[] sprout = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(executable)!, "models", "sprout.gguf"));
    private readonly List<string> failures = [];
    private readonly List<double> waits = [];
    private int crashed;
    private int refused;

    public async Task<int> RunAsync()
    {
        using var host = Prepare();
        await host.StartAsync();
        var supervisor = host.Services.GetRequiredService<ModelHostSupervisor>();
        using var http = new HttpClient(supervisor.CreateHandler())
        {
            BaseAddress = new Uri("http://model-host"),
            Timeout = TimeSpan.FromMinutes(5),
        };
        (string Name, Func<Task<string>> Ask)[] kinds =
        [
            ("streamed answers", () => StreamAsync(http)),
            ("whole answers", () => WholeAsync(http)),
            ("vectors", () => VectorsAsync(http)),
        ];
        var peace = new List<string>();
        foreach (var (_, ask) in kinds)
        {
            peace.Add(await ask());
        }

        using var over = new CancellationTokenSource();
        var others = kinds.Select((kind, i) => RepeatAsync(kind, peace[i], over.Token)).ToList();
        for (var file = 0; file < count; file++)
        {
            await DisturbAsync(http, file);
            await Task.Delay(Respite);
        }

        await over.CancelAsync();
        var answers = await Task.WhenAll(others);
        Print(kinds.Zip(answers, (kind, answer) => (kind.Name, answer.Count, answer.Other)), supervisor.Status.Crashes);
        await host.StopAsync();
        folder.Delete(recursive: true);
        return failures.Count == 0 && crashed == count ? 0 : 1;
    }

    private IHost Prepare()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["ModelHost:Executable"] = executable;
        builder.Configuration["ModelHost:ContextLength"] = "1048576";
        builder.Configuration["ModelHost:MemoryMegabytes"] = "1024";
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new DataFolder(folder.FullName));
        builder.Services.AddModelHost(builder.Configuration);
        var huge = sprout.ToArray();
        var key = "llama.context_length"u8;
        BinaryPrimitives.WriteUInt32LittleEndian(huge.AsSpan(huge.AsSpan().IndexOf(key) + key.Length + sizeof(uint)), 1 << 20);
        File.WriteAllBytes(ModelPath("huge"), huge);
        File.WriteAllBytes(ModelPath("sprout"), sprout);
        return builder.Build();
    }

    private string ModelPath(string name) => Path.Combine(folder.CreateSubdirectory("models").FullName, $"{name}.gguf");

    /// <summary>Whole numbers as weights end the process, as nobody can multiply with those; no two files are the same.</summary>
    private async Task DisturbAsync(HttpClient http, int file)
    {
        var deadly = sprout.ToArray();
        var name = "blk.0.attn_q.weight"u8;
        deadly[deadly.AsSpan().IndexOf(name) + name.Length + 4 + 16] = 25;
        BinaryPrimitives.WriteInt32LittleEndian(deadly.AsSpan(deadly.Length - sizeof(int)), file);
        var path = ModelPath($"deadly{file}");
        await File.WriteAllBytesAsync(path, deadly);
        var begun = Stopwatch.GetTimestamp();
        crashed += await StatusAsync(http, $"deadly{file}") == Crash ? 1 : 0;
        waits.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        refused += await StatusAsync(http, "huge") == NoMemory ? 1 : 0;
        File.Delete(path);
    }

    private static async Task<int> StatusAsync(HttpClient http, string model)
    {
        using var response = await http.PostAsJsonAsync("/v1/chat/completions", Question(model, stream: false));
        return (int)response.StatusCode;
    }

    private async Task<(int Count, int Other)> RepeatAsync((string Name, Func<Task<string>> Ask) kind, string peace, CancellationToken ct)
    {
        var (all, other) = (0, 0);
        for (; !ct.IsCancellationRequested; all++)
        {
            try
            {
                other += await kind.Ask() == peace ? 0 : 1;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException or KeyNotFoundException)
            {
                failures.Add($"{kind.Name}: {e.Message}");
            }
        }

        return (all, other);
    }

    private static async Task<string> StreamAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Content = JsonContent.Create(Question("sprout", stream: true));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                var delta = JsonElement.Parse(line["data: ".Length..]).GetProperty("choices")[0].GetProperty("delta");
                text.Append(delta.TryGetProperty("content", out var content) ? content.GetString() : "");
            }
        }

        return text.ToString();
    }

    private static async Task<string> WholeAsync(HttpClient http)
    {
        using var response = await http.PostAsJsonAsync("/v1/chat/completions", Question("sprout", stream: false));
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private static async Task<string> VectorsAsync(HttpClient http)
    {
        var texts = new { model = "sprout", input = Enumerable.Range(0, 50).Select(i => $"Text number {i}") };
        using var response = await http.PostAsJsonAsync("/v1/embeddings", texts);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetRawText();
    }

    private static object Question(string model, bool stream) =>
        new
        {
            model,
            stream,
            temperature = 0,
            max_tokens = Tokens,
            ignore_eos = true,
            messages = new[] { new { role = "user", content = "Tell me a story." } },
        };

    private void Print(IEnumerable<(string Name, int Count, int Other)> others, int crashes)
    {
        Console.WriteLine("| what | |\n| --- | --- |");
        Console.WriteLine($"| files that crashed the model host, and were refused then | {count}, {crashed} |");
        Console.WriteLine($"| requests to the model that does not fit, all refused: {refused == count} | {refused} |");
        Console.WriteLine($"| crashes of the model host | {crashes} |");
        waits.Sort();
        Console.WriteLine(
            FormattableString.Invariant(
                $"| from asking for such a file to its refusal, with the restart | median {waits[waits.Count / 2]:F1} s, longest {waits[^1]:F1} s |"
            )
        );
        foreach (var (name, all, other) in others)
        {
            var failed = failures.Count(failure => failure.StartsWith($"{name}:", StringComparison.Ordinal));
            Console.WriteLine($"| {name} of the built-in model; failed; in other words than in peace | {all}; {failed}; {other} |");
        }

        failures.Distinct().ToList().ForEach(Console.WriteLine);
    }
}
