using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Republic.Bench;

/// <summary>
/// A provider on loopback whose answer follows from what it is asked, less the number of the episode and those in the marks around what others
/// said, which are other ones in each process. It writes down each call.
/// </summary>
internal sealed partial class Provider(WebApplication app) : IAsyncDisposable
{
    public const int Port = 5253;

    private readonly ConcurrentQueue<Call> calls = [];

    /// <param name="Episode">Its number.</param>
    /// <param name="Key">The idempotency key.</param>
    /// <param name="Question">The hash of what was asked.</param>
    public sealed record Call(int Episode, string? Key, string Question);

    public IReadOnlyCollection<Call> Calls => calls;

    /// <summary>The most milliseconds that an answer takes; how many it does follows from what is asked.</summary>
    public int Slowest { get; set; }

    public static async Task<Provider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Else it would take the signals that are to end this process.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        var app = builder.Build();
        var provider = new Provider(app);
        app.MapGet("/v1/models", () => Results.Json(new { @object = "list", data = new[] { new { id = "fake", @object = "model" } } }));
        app.MapPost("/v1/chat/completions", provider.AnswerAsync);
        await app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var asked = await JsonDocument.ParseAsync(context.Request.Body);
        var messages = asked.RootElement.GetProperty("messages").EnumerateArray().Select(Words).ToList();
        var prompt = string.Join('\0', messages);
        var question = SHA256.HashData(Encoding.UTF8.GetBytes(NumberOfMark().Replace(NumberOfEpisode().Replace(prompt, "Number"), "⟧")));
        var number = int.Parse(NumberOfEpisode().Match(prompt).Groups["number"].Value, CultureInfo.InvariantCulture);
        calls.Enqueue(new Call(number, context.Request.Headers["Idempotency-Key"], Convert.ToHexStringLower(question)));
        var text = Answer(messages[^1], question);
        try
        {
            if (Slowest > 0)
            {
                await Task.Delay(question[8] * Slowest / byte.MaxValue, context.RequestAborted);
            }

            var isStream = asked.RootElement.TryGetProperty("stream", out var stream) && stream.GetBoolean();
            await (isStream ? StreamAsync(context, text) : context.Response.WriteAsJsonAsync(Whole(text), context.RequestAborted));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Whoever asked was killed.
        }
    }

    /// <summary>One of the labels, where it is to name one, and words that nobody said before.</summary>
    private static string Answer(string question, byte[] hash)
    {
        var words = $"I say {Convert.ToHexStringLower(hash.AsSpan(0, 6))}, and leave it at that for now.";
        if (Outcomes().Match(question) is { Success: true } outcomes)
        {
            return $"OUTCOME: {Label(outcomes, hash)}\n{words}";
        }

        return Choice().Match(question) is { Success: true } choice ? Label(choice, hash) : words;
    }

    private static string Label(Match match, byte[] hash)
    {
        var labels = match.Groups["labels"].Value.Split([", ", " or "], StringSplitOptions.RemoveEmptyEntries);
        return labels[hash[7] % labels.Length];
    }

    private static string Words(JsonElement message) =>
        $"{message.GetProperty("role").GetString()}: {(message.GetProperty("content") is { ValueKind: JsonValueKind.String } content ? content.GetString() : message.GetProperty("content").GetRawText())}";

    private static object Usage =>
        new
        {
            prompt_tokens = 100,
            completion_tokens = 10,
            total_tokens = 110,
        };

    private static object Whole(string text)
    {
        var choice = new
        {
            index = 0,
            finish_reason = "stop",
            message = new { role = "assistant", content = text },
        };
        return new
        {
            id = "c",
            @object = "chat.completion",
            model = "fake",
            choices = new[] { choice },
            usage = Usage,
        };
    }

    /// <summary>All frames at once.</summary>
    private static Task StreamAsync(HttpContext context, string text)
    {
        var end = new
        {
            index = 0,
            delta = new { },
            finish_reason = "stop",
        };
        context.Response.ContentType = "text/event-stream";
        return context.Response.WriteAsync(
            Frame(new { choices = new[] { new { index = 0, delta = new { content = text } } } })
                + Frame(new { choices = new[] { end } })
                + Frame(new { choices = Array.Empty<object>(), usage = Usage })
                + "data: [DONE]\n\n",
            context.RequestAborted
        );
    }

    private static string Frame(object members) =>
        $$"""data: {"id":"c","object":"chat.completion.chunk","model":"fake",{{JsonSerializer.Serialize(members).TrimStart('{')}}"""
        + "\n\n";

    [GeneratedRegex("Number: (?<number>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberOfEpisode();

    [GeneratedRegex(" [0-9a-f]{16}⟧", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberOfMark();

    [GeneratedRegex("is OUTCOME: and one of these: (?<labels>[^.]+)\\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Outcomes();

    [GeneratedRegex("Answer with one (word|of): (?<labels>.+)\\.$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Choice();

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
