using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Republic.Bench;

/// <summary>What Kestrel and HttpClient cost without a router: the body is read and sent on, the answer's bytes are sent back, nobody looks at them.</summary>
internal static class BareGateway
{
    public static async Task RunAsync(int port, Uri upstream)
    {
        using var http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                ActivityHeadersPropagator = null,
            }
        );
        var app = Provider.Host(port);
        app.Map("/{**path}", (RequestDelegate)(context => PassAsync(context, http, upstream)));
        await app.RunAsync();
    }

    private static async Task PassAsync(HttpContext context, HttpMessageInvoker http, Uri upstream)
    {
        var (request, response) = (context.Request, context.Response);
        var body = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? 64 << 10));
        var piece = ArrayPool<byte>.Shared.Rent(16 << 10);
        try
        {
            var count = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false);
            using var onward = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(upstream, request.Path));
            if (count > 0)
            {
                onward.Content = new ReadOnlyMemoryContent(body.AsMemory(0, count));
                onward.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            using var answer = await http.SendAsync(onward, context.RequestAborted);
            response.StatusCode = (int)answer.StatusCode;
            response.ContentType = answer.Content.Headers.ContentType?.ToString();
            response.ContentLength = answer.Content.Headers.ContentLength;
            var stream = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
            int read;
            while ((read = await stream.ReadAsync(piece, context.RequestAborted)) > 0)
            {
                await response.Body.WriteAsync(piece.AsMemory(0, read), context.RequestAborted);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
