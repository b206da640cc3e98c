using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Republic.Core.Data;
using Republic.Core.Host;
using Republic.Core.Inference;
using Republic.Core.Inference.Supervision;
using Republic.Core.Trainer;

namespace Republic.Tests.World;

/// <summary>A supervisor with its real child process, in a data folder of its own, and a client that talks to it.</summary>
public sealed class LocalModels : IAsyncDisposable
{
    private readonly IHost host;
    private readonly DirectoryInfo folder;

    private LocalModels(IHost host, DirectoryInfo folder)
    {
        this.host = host;
        this.folder = folder;
        Supervisor = host.Services.GetRequiredService<ModelHostSupervisor>();
        Http = new HttpClient(Supervisor.CreateHandler()) { BaseAddress = new Uri("http://model-host"), Timeout = TimeSpan.FromMinutes(3) };
    }

    public ModelHostSupervisor Supervisor { get; }

    public HttpClient Http { get; }

    internal TrainingSupervisor Training => host.Services.GetRequiredService<TrainingSupervisor>();

    internal ThreadScheduler Threads => host.Services.GetRequiredService<ThreadScheduler>();

    public DataFolder Data => host.Services.GetRequiredService<DataFolder>();

    public static async Task<LocalModels> StartAsync(params (string Key, string Value)[] settings)
    {
        var root = Directory.CreateTempSubdirectory("republic-test-");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        foreach (var (key, value) in settings.Prepend(("ModelHost:Threads", "1")))
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new DataFolder(root.FullName));
        builder.Services.AddTrainer();
        builder.Services.AddModelHost(builder.Configuration);
        var started = builder.Build();
        await started.StartAsync(TestContext.Current.CancellationToken);
        return new LocalModels(started, root);
    }

    public string AddModel(string name, byte[] bytes)
    {
        var path = Path.Combine(Data.Folder("models"), name + ".gguf");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A question to sprout, greedy.</summary>
    public static object Question(string text, bool stream = false, string model = "sprout", int maxTokens = 120) =>
        new
        {
            model,
            stream,
            temperature = 0,
            max_tokens = maxTokens,
            messages = new[] { new { role = "user", content = text } },
        };

    /// <summary>The same question with other fields, or with more of them.</summary>
    public static JsonObject With(JsonObject question, object more)
    {
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more)!.AsObject().ToList())
        {
            question[name] = value?.DeepClone();
        }

        return question;
    }

    public async Task<JsonElement> AskAsync(object body, string path = "/v1/chat/completions")
    {
        using var response = await PostAsync(body, path);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostAsync(object body, string path = "/v1/chat/completions") =>
        Http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    /// <summary>An answer of so many tokens, whatever the model would say.</summary>
    public static object LongAnswer(int tokens, string text = "Tell me a story.", string model = "sprout") =>
        new
        {
            model,
            stream = true,
            temperature = 0,
            max_tokens = tokens,
            ignore_eos = true,
            messages = new[] { new { role = "user", content = text } },
        };

    /// <summary>All chunks of an answer, streamed.</summary>
    public async Task<List<JsonNode>> ChunksAsync(JsonObject question)
    {
        question["stream"] = true;
        using var response = await PostAsync(question);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        return
        [
            .. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line["data: ".Length..])
                .Where(line => line != "[DONE]")
                .Select(line => JsonNode.Parse(line)!),
        ];
    }

    public Task<AnswerStream> OpenAsync(object body) => OpenUntilAsync(body, TestContext.Current.CancellationToken);

    public async Task<AnswerStream> OpenUntilAsync(object body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return new AnswerStream(await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct));
    }

    public Task<JsonElement> HealthAsync() => Http.GetFromJsonAsync<JsonElement>("/health", TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
        folder.Delete(recursive: true);
    }
}
