using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols;

/// <summary>
/// One wire format. A catalogue row names it; requests and answers are OpenAI's in shape, and what speaks otherwise is translated. Whatever
/// goes wrong upstream comes out as a <see cref="ProviderException"/>, and a caller's cancellation as an
/// <see cref="OperationCanceledException"/>.
/// </summary>
public interface IModelProtocol
{
    /// <summary>What catalogue rows call it.</summary>
    string Name { get; }

    /// <summary>Models as the provider lists them, in its order.</summary>
    Task<IReadOnlyList<ListedModel>> ListModelsAsync(ModelTarget target, UpstreamCall upstream, CancellationToken ct);

    /// <summary>A request body in OpenAI's shape, an answer in OpenAI's shape; headers are read, the body is not.</summary>
    /// <param name="path">Below the base URL, e.g. <c>/chat/completions</c>.</param>
    /// <param name="body">JSON as UTF-8.</param>
    Task<HttpResponseMessage> SendAsync(
        ModelTarget target,
        UpstreamCall upstream,
        string path,
        ReadOnlyMemory<byte> body,
        bool stream,
        CancellationToken ct
    );
}
