using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Republic.Core;

namespace Republic.Bench;

/// <summary>
/// A provider on loopback that streams an answer for a tenth of a second to two seconds, asks for something one time in five, and writes
/// down when it was asked for which errand.
/// </summary>
internal sealed partial class Provider(WebApplication app, long seed) : IAsyncDisposable
{
    public const int Port = 5252;
    public const int PromptTokens = 700;
    public const int AnswerTokens = 10;

    private const string Need = "NEEDS: the number of the week, ";

    private readonly SeededRandom random = SeededRandom.For(seed, 2);

    /// <summary>The whole text of an answer, by chance the one or the other.</summary>
    public static IReadOnlyList<string> Texts { get; } = [TextOf(needs: false), TextOf(needs: true)];

    /// <summary>The number of the errand, and when its question came.</summary>
    public ConcurrentQueue<(int Errand, DateTimeOffset At)> Calls { get; } = [];

    /// <summary>The length of every answer in characters, and the seconds that it takes; null for a short one after a chance.</summary>
    public (int Characters, int Seconds)? Answer { get; set; }

    public static async Task<Provider> StartAsync(long seed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Else it would take the signals that are to end this process.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        var app = builder.Build();
        var provider = new Provider(app, seed);
        app.MapGet("/v1/models", () => Results.Json(new { @object = "list", data = new[] { new { id = "fake", @object = "model" } } }));
        app.MapPost("/v1/chat/completions", provider.AnswerAsync);
        await app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var now = TimeProvider.System.GetUtcNow();
        var asked = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var errand = int.Parse(
            Errand().Matches(asked!["messages"]!.ToJsonString())[^1].Groups["number"].Value,
            CultureInfo.InvariantCulture
        );
        Calls.Enqueue((errand, now));
        var (pause, needs) = Chance();
        context.Response.ContentType = "text/event-stream";
        try
        {
            // Twenty pieces a second of a long one.
            var pieces = Answer is var (_, seconds) ? seconds * 20 : AnswerTokens;
            for (var piece = 0; piece < pieces; piece++)
            {
                await Task.Delay(Answer is null ? pause : TimeSpan.FromMilliseconds(50), context.RequestAborted);
                var text = Answer is var (characters, _) ? Random(characters / pieces) : Piece(piece, needs);
                await FrameAsync(context, new { choices = new[] { new { index = 0, delta = new { content = text } } } });
            }

            var end = new
            {
                index = 0,
                delta = new { },
                finish_reason = "stop",
            };
            var usage = new
            {
                prompt_tokens = PromptTokens,
                completion_tokens = AnswerTokens,
                total_tokens = PromptTokens + AnswerTokens,
            };
            await FrameAsync(context, new { choices = new[] { end } });
            await FrameAsync(context, new { choices = Array.Empty<object>(), usage });
            await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Whoever asked was killed.
        }
    }

    private static string TextOf(bool needs) => string.Concat(Enumerable.Range(0, AnswerTokens).Select(piece => Piece(piece, needs)));

    /// <summary>What does not compress, so that the database writes all of it.</summary>
    private static string Random(int length) =>
        RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ", length);

    private static string Piece(int number, bool needs) => number == 0 && needs ? Need : $"word {number} ";

    private (TimeSpan Pause, bool Needs) Chance()
    {
        lock (random)
        {
            return (TimeSpan.FromMilliseconds(10 + random.Next(190)), random.Next(5) == 0);
        }
    }

    private static async Task FrameAsync(HttpContext context, object members)
    {
        var frame = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(members))!.AsObject();
        frame["id"] = "c";
        frame["object"] = "chat.completion.chunk";
        frame["model"] = "fake";
        await context.Response.WriteAsync($"data: {frame.ToJsonString()}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    [GeneratedRegex("Errand (?<number>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Errand();

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
