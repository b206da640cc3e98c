using System.Net.Http.Headers;
using System.Net.Sockets;
using Republic.Core.Host;

namespace Republic.Core.Inference.Supervision;

/// <summary>Carries requests to the child, and to the next one when it died over one of them.</summary>
internal sealed class ModelHostHandler : DelegatingHandler
{
    private readonly ModelHostSupervisor supervisor;
    private readonly ThreadScheduler threads;

    public ModelHostHandler(ModelHostSupervisor supervisor, ThreadScheduler threads)
    {
        (this.supervisor, this.threads) = (supervisor, threads);
        InnerHandler = new SocketsHttpHandler
        {
            ConnectCallback = (_, ct) => ConnectAsync(ct),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        // What is only asked for, such as the state of health, computes nothing.
        var answering = request.Method == HttpMethod.Post ? threads.Answering() : null;
        try
        {
            var lasting = new LastingRequest(await KeptRequest.OfAsync(request, ct), supervisor, base.SendAsync);
            var response = await lasting.SendAsync(begun: null, ct);
            response.RequestMessage = request;
            if (LastingRequest.IsStream(response))
            {
                var stream = new ResumedStream(lasting, await response.Content.ReadAsStreamAsync(ct), answering);
                response.Content = Content(stream, response.Content.Headers);
                answering = null;
            }

            return response;
        }
        finally
        {
            answering?.Dispose();
        }
    }

    private static StreamContent Content(Stream stream, HttpContentHeaders headers)
    {
        var content = new StreamContent(stream);
        foreach (var (name, values) in headers)
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        return content;
    }

    private async ValueTask<Stream> ConnectAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(ModelHostSupervisor.StartLimit);
        while (true)
        {
            var address = await supervisor.AddressAsync(ct);
            var socket = address.NewSocket();
            try
            {
                await socket.ConnectAsync(address.EndPoint, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                if (patience.IsCancellationRequested)
                {
                    throw new HttpRequestException(HttpRequestError.ConnectionError, ModelHostEnd.Cut, e);
                }

                // It has just died, and the supervisor is about to notice.
                await Task.Delay(20, ct);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
