using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Inference.Pool;

namespace Republic.Core.Inference.Http;

/// <summary>The child's HTTP: on a Unix socket that only its owner can open, or on loopback with a secret in every request.</summary>
internal static class ModelHostServer
{
    private const long LargestBody = 32L << 20;

    public static WebApplication Build(ModelHostArguments arguments, ModelPool pool, string secret)
    {
        // Empty: no settings file, no environment variables, nothing that the web process did not say.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, arguments.Socket));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        if (arguments.Socket.Length == 0)
        {
            app.Use((http, next) => RequireSecretAsync(http, next, secret));
        }

        app.Use(ErrorAnswers.CatchAsync);
        app.UseRouting();
        var health = new HealthEndpoint(pool, arguments);
        app.MapGet("/health", health.HealthAsync);
        app.MapGet("/v1/models", health.ModelsAsync);
        var memory = new MemoryEndpoint(pool);
        app.MapPost("/models/unload", memory.UnloadAsync);
        app.MapPost("/models/keep", memory.KeepAsync);
        app.MapPost("/v1/chat/completions", new ChatEndpoint(pool, TimeProvider.System).AnswerAsync);
        app.MapPost("/v1/likelihoods", new LikelihoodsEndpoint(pool).AnswerAsync);
        app.MapPost("/v1/embeddings", new EmbeddingsEndpoint(pool).AnswerAsync);
        app.MapFallback(http =>
            ErrorAnswers.WriteAsync(
                http,
                404,
                new OpenAiError($"There is nothing at {http.Request.Path}.", "invalid_request_error", "not_found")
            )
        );
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, string socket)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MinResponseDataRate = null;
        if (socket.Length > 0)
        {
            kestrel.ListenUnixSocket(socket);
        }
        else
        {
            kestrel.Listen(IPAddress.Loopback, 0);
        }
    }

    private static async Task RequireSecretAsync(HttpContext http, RequestDelegate next, string secret)
    {
        var given = Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString());
        if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes($"Bearer {secret}")))
        {
            await next(http);
            return;
        }

        await ErrorAnswers.WriteAsync(http, 401, new OpenAiError("This address is private.", "authentication_error", "unauthorized"));
    }
}
