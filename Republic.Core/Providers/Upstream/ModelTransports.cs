using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Republic.Core.Security;

namespace Republic.Core.Providers.Upstream;

/// <summary>One pooled handler per way out, shared by all calls.</summary>
public sealed class ModelTransports : IDisposable
{
    private readonly FrozenDictionary<ProviderTransport, (HttpMessageInvoker Http, UpstreamCall Call)> transports;

    public ModelTransports(OutboundGuard guard, IModelHostTransport modelHost, IOptions<UpstreamLimits> limits, TimeProvider time)
    {
        transports = new Dictionary<ProviderTransport, (HttpMessageInvoker, UpstreamCall)>
        {
            [ProviderTransport.Internet] = Transport(guard.CreateHandler(), limits.Value),
            [ProviderTransport.ModelHost] = Transport(modelHost.CreateHandler(), limits.Value.Patient()),
        }.ToFrozenDictionary();

        (HttpMessageInvoker, UpstreamCall) Transport(HttpMessageHandler handler, UpstreamLimits limits)
        {
            var http = new HttpMessageInvoker(handler, disposeHandler: true);
            return (http, new UpstreamCall(http, limits, time));
        }
    }

    public UpstreamCall For(ProviderRow provider) => transports[provider.Transport].Call;

    public void Dispose()
    {
        foreach (var (http, _) in transports.Values)
        {
            http.Dispose();
        }
    }
}
