using System.Net;
using System.Net.Http.Headers;

namespace Republic.Core.Providers.Upstream;

/// <summary>An upstream's answer as a <see cref="WatchedStream"/>, with the two of its headers that are asked for.</summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly WatchedStream stream;

    /// <exception cref="ProviderException">It is compressed.</exception>
    public WatchedContent(ModelTarget target, WatchedStream stream, HttpContentHeaders received)
    {
        this.stream = stream;
        foreach (var (name, values) in received.NonValidated)
        {
            if (
                name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
                || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            )
            {
                Headers.TryAddWithoutValidation(name, values.ToString());
            }
            else if (
                name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)
                && received.ContentEncoding.Any(used => used != "identity")
            )
            {
                throw ProviderErrors.BadAnswer(target, "sent a compressed answer that nobody asked for.");
            }
        }
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => stream;

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => this.stream.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
