using System.Net;

namespace Republic.Core.ModelHost;

/// <summary>The body of a response of the model host; that it was cut off is said in words that can be shown.</summary>
internal sealed class CutStream(Stream body, ModelHostAddress address) : ForwardStream(body)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Below.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            await address.DeathAsync();
            throw Cut(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Below.Read(buffer, offset, count);
        }
        catch (IOException e)
        {
            throw Cut(e);
        }
    }

    private static HttpRequestException Cut(IOException reason) => new(HttpRequestError.ResponseEnded, ModelHostHandler.Cut, reason);
}
