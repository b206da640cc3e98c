using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Republic.Core.Host;

namespace Republic.Core.Inference.Supervision;

/// <summary>Carries requests to the child, and says in plain words when it died over one of them.</summary>
internal sealed class ModelHostHandler : DelegatingHandler
{
    internal const string Cut = "The model host stopped while answering. It is being started again; send the message again.";
    internal const string CutByMemory =
        "The model host ran out of memory while answering, and is started again. Send the message again; if that does not help, end other "
        + "programs, shorten the conversation, or take a smaller model.";
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
        var address = await supervisor.AddressAsync(ct);
        if (address.Secret.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", address.Secret);
        }

        // What is only asked for, such as the state of health, computes nothing.
        var answering = request.Method == HttpMethod.Post ? threads.Answering() : null;
        try
        {
            var response = await base.SendAsync(request, ct);
            var content = new StreamContent(new CutStream(await response.Content.ReadAsStreamAsync(ct), address, answering));
            foreach (var (name, values) in response.Content.Headers)
            {
                content.Headers.TryAddWithoutValidation(name, values);
            }

            response.Content = content;
            answering = null;
            return response;
        }
        catch (HttpRequestException e) when (e.InnerException is HttpRequestException reason)
        {
            throw new HttpRequestException(reason.HttpRequestError, reason.Message, e);
        }
        catch (HttpRequestException e)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, await address.DeathAsync(), e);
        }
        finally
        {
            answering?.Dispose();
        }
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
                    throw new HttpRequestException(HttpRequestError.ConnectionError, Cut, e);
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
