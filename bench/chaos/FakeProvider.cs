using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Republic.Bench;

/// <summary>A provider on loopback: what it answers, and how long that takes, follows from what is asked and the seed alone.</summary>
internal sealed class FakeProvider(WebApplication app) : IAsyncDisposable
{
    private static readonly string[] Words =
    [
        "glad",
        "to",
        "help",
        "you",
        "please",
        "data",
        "step",
        "because",
        "thanks",
        "idea",
        "we",
        "see",
    ];

    /// <summary>How often it was called with each Idempotency-Key.</summary>
    public ConcurrentDictionary<string, int> Calls { get; } = [];

    public static async Task<FakeProvider> StartAsync(long seed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Else it would take the signals that are to end this process.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Plan.ProviderPort}");
        var app = builder.Build();
        var provider = new FakeProvider(app);
        app.MapGet("/v1/models", () => Results.Json(new { @object = "list", data = new[] { new { id = "fake", @object = "model" } } }));
        app.MapPost("/v1/chat/completions", context => provider.AnswerAsync(context, seed));
        await app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, long seed)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        Calls.AddOrUpdate(key, 1, (_, count) => count + 1);
        var asked = await JsonNode.ParseAsync(context.Request.Body);
        var text = $"{seed}\n{asked!["seed"]}\n{asked["messages"]!.ToJsonString()}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        await Task.Delay(20 + (hash[0] / 2), context.RequestAborted);
        var answer = text.Contains("You grade two answers")
            ? $$"""{"answer_a": {{Grade(hash, 1)}}, "answer_b": {{Grade(hash, 5)}}}"""
            : string.Join(' ', hash[1..].Select(part => Words[part % Words.Length]));
        await context.Response.WriteAsJsonAsync(
            new
            {
                id = "c",
                @object = "chat.completion",
                model = "fake",
                choices = new[]
                {
                    new
                    {
                        index = 0,
                        message = new { role = "assistant", content = answer },
                        finish_reason = "stop",
                    },
                },
                usage = new
                {
                    prompt_tokens = text.Length,
                    completion_tokens = hash.Length - 1,
                    total_tokens = text.Length + hash.Length - 1,
                },
            }
        );
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static string Grade(byte[] hash, int at) =>
        $$"""{"task_accuracy": {{hash[at] % 101}}, "completeness": {{hash[at + 1] % 101}}, "correctness": {{hash[at + 2] % 101}}, "coherence": {{hash[at + 3] % 101}}}""";
}
