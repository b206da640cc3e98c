using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Republic.Bench;

/// <summary>The least that can be done: Kestrel, no accounts, no database; what is posted goes to all who listen, as bytes made once.</summary>
internal static class BareServer
{
    private static readonly byte[] Hello = "retry: 1000\n\nevent: progress\ndata: {}\n\n"u8.ToArray();
    private static TaskCompletionSource<byte[]> next = New();

    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapGet("/events", ListenAsync);
        app.MapPost("/tell", TellAsync);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("Now listening on: bare"));
        await app.RunAsync();
    }

    private static async Task ListenAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        var body = context.Response.BodyWriter;
        var heard = next.Task;
        await body.WriteAsync(Hello);
        while (!context.RequestAborted.IsCancellationRequested)
        {
            var frame = await heard.WaitAsync(context.RequestAborted);
            heard = next.Task;
            await body.WriteAsync(frame);
        }
    }

    private static async Task TellAsync(HttpContext context)
    {
        using var frame = new MemoryStream();
        await context.Request.Body.CopyToAsync(frame);
        var (now, later) = (next, New());
        next = later;
        now.SetResult(frame.ToArray());
    }

    private static TaskCompletionSource<byte[]> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
