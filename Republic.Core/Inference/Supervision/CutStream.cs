using System.Net;

namespace Republic.Core.Inference.Supervision;

/// <summary>The body of a response of the model host; that it was cut off is said in words that can be shown.</summary>
/// <param name="answering">Disposed when the answer is at its end, or nobody reads on.</param>
internal sealed class CutStream(Stream body, ModelHostAddress address, IDisposable? answering) : ForwardStream(body)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Noticed(await Below.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (IOException e)
        {
            throw Cut(await address.DeathAsync(), e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Noticed(Below.Read(buffer, offset, count), count);
        }
        catch (IOException e)
        {
            throw Cut(ModelHostHandler.Cut, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        answering?.Dispose();
        base.Dispose(disposing);
    }

    private int Noticed(int count, int wanted)
    {
        if (count == 0 && wanted > 0)
        {
            answering?.Dispose();
        }

        return count;
    }

    private static HttpRequestException Cut(string words, IOException reason) => new(HttpRequestError.ResponseEnded, words, reason);
}
