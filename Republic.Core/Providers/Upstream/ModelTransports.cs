using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Republic.Core.Security;

namespace Republic.Core.Providers.Upstream;

/// <summary>One pooled handler per way out, shared by all calls.</summary>
public sealed class ModelTransports : IDisposable
{
    private readonly FrozenDictionary<ProviderTransport, (HttpMessageInvoker Http, UpstreamCall Call)> ways;

    public ModelTransports(OutboundGuard guard, IModelHostTransport modelHost, IOptions<UpstreamLimits> limits, TimeProvider time)
    {
        ways = new Dictionary<ProviderTransport, (HttpMessageInvoker, UpstreamCall)>
        {
            [ProviderTransport.Internet] = Way(guard.CreateHandler(), limits.Value),
            [ProviderTransport.ModelHost] = Way(modelHost.CreateHandler(), limits.Value.Patient()),
        }.ToFrozenDictionary();

        (HttpMessageInvoker, UpstreamCall) Way(HttpMessageHandler handler, UpstreamLimits limits)
        {
            var http = new HttpMessageInvoker(handler, disposeHandler: true);
            return (http, new UpstreamCall(http, limits, time));
        }
    }

    public UpstreamCall For(ProviderRow provider) => ways[provider.Transport].Call;

    public void Dispose()
    {
        foreach (var (http, _) in ways.Values)
        {
            http.Dispose();
        }
    }
}
