using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Republic.Bench;

/// <summary>
/// A provider in the OpenAI format that costs as little as Kestrel does. The model says how it answers: <c>words-16-0</c> gives sixteen
/// words at once, <c>words-64-20</c> one every 20 ms, <c>away</c> refuses.
/// </summary>
internal static class Provider
{
    private static readonly byte[] Word = Frame("""{"content":"word "}""", "null", "");
    private static readonly byte[] Last =
    [
        .. Frame("{}", "\"stop\"", ""","usage":{"prompt_tokens":10,"completion_tokens":16,"total_tokens":26}"""),
        .. "data: [DONE]\n\n"u8,
    ];
    private static readonly ConcurrentDictionary<int, byte[]> Whole = new();
    private static readonly ConcurrentDictionary<int, byte[]> Rest = new();

    public static async Task RunAsync(int port)
    {
        var app = Host(port);
        app.Map("/{**path}", (RequestDelegate)AnswerAsync);
        await app.RunAsync();
    }

    /// <summary>Kestrel and routing, nothing else.</summary>
    public static WebApplication Host(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        builder.WebHost.ConfigureKestrel((KestrelServerOptions kestrel) => kestrel.AddServerHeader = false);
        return builder.Build();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (HttpMethods.IsGet(request.Method))
        {
            await response.WriteAsync("""{"object":"list","data":[{"id":"words-16-0","object":"model"}]}""");
            return;
        }

        var body = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? 64 << 10));
        var count = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false);
        var (model, stream) = Read(body.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(body);
        if (model.Split('-') is not ["words", var words, var pause])
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.ContentType = "application/json";
            await response.WriteAsync("""{"error":{"message":"Away","type":"server_error"}}""");
            return;
        }

        var (length, gap) = (int.Parse(words, CultureInfo.InvariantCulture), int.Parse(pause, CultureInfo.InvariantCulture));
        await (stream ? StreamAsync(response, length, gap) : WholeAsync(response, length));
    }

    private static async Task WholeAsync(HttpResponse response, int words)
    {
        var answer = Whole.GetOrAdd(words, AnswerOf);
        response.ContentType = "application/json";
        response.ContentLength = answer.Length;
        await response.Body.WriteAsync(answer);
    }

    private static async Task StreamAsync(HttpResponse response, int words, int gap)
    {
        response.ContentType = "text/event-stream";
        await response.Body.WriteAsync(Word);
        if (gap == 0)
        {
            await response.Body.WriteAsync(
                Rest.GetOrAdd(words - 1, left => [.. Enumerable.Repeat(Word, left).SelectMany(word => word), .. Last])
            );
            return;
        }

        for (var word = 1; word < words; word++)
        {
            await Task.Delay(gap);
            await response.Body.WriteAsync(Word);
        }

        await response.Body.WriteAsync(Last);
    }

    private static (string Model, bool Stream) Read(ReadOnlySpan<byte> body)
    {
        var (model, stream) = ("", false);
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("model"u8))
            {
                reader.Read();
                model = reader.GetString()!;
            }
            else if (reader.ValueTextEquals("stream"u8))
            {
                reader.Read();
                stream = reader.GetBoolean();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return (model, stream);
    }

    private static byte[] AnswerOf(int words) =>
        Encoding.UTF8.GetBytes(
            $$$"""{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"words","choices":[{"index":0,"message":{"role":"assistant","content":"{{{string.Concat(Enumerable.Repeat("word ", words))}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":{{{words}}},"total_tokens":{{{words + 10}}}}}"""
        );

    private static byte[] Frame(string delta, string reason, string usage) =>
        Encoding.UTF8.GetBytes(
            $$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"words","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{reason}}}]{{usage}}}"""
                + "\n\n"
        );
}
