namespace Republic.Core.Providers;

/// <summary>Stands where no model host is registered: every call says so.</summary>
internal sealed class NoModelHost : IModelHostTransport
{
    public HttpMessageHandler CreateHandler() => new Absent();

    private sealed class Absent : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("No models run inside this installation. Choose another provider.");
    }
}
