namespace Republic.Core.Providers.Upstream;

/// <summary>How a provider is reached: over the network, watched by the outbound guard, or over the model host's own socket.</summary>
public enum ProviderTransport
{
    Internet,
    ModelHost,
}
