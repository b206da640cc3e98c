using System.Net;

namespace Republic.Core.Inference.Supervision;

/// <summary>The events of a streamed answer, which the next child goes on with when the one that wrote them died.</summary>
/// <param name="answering">Disposed when the answer is at its end, or nobody reads on.</param>
internal sealed class ResumedStream(LastingRequest request, Stream first, IDisposable? answering) : ForwardStream(first)
{
    private readonly AnswerLog log = new();
    private Stream body = first;
    private HttpResponseMessage? resumed;
    private bool hasEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var given = log.Give(buffer.Span);
            if (given > 0)
            {
                return given;
            }

            if (hasEnded)
            {
                break;
            }

            try
            {
                var count = await body.ReadAsync(log.Space(), cancellationToken);
                log.Add(count);
                if (count == 0)
                {
                    End();
                }
            }
            catch (IOException e)
            {
                await ResumeAsync(e, cancellationToken);
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            answering?.Dispose();
            resumed?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void End()
    {
        hasEnded = true;
        log.End();
        answering?.Dispose();
    }

    private async Task ResumeAsync(IOException broken, CancellationToken ct)
    {
        if (log.IsFinished)
        {
            // Nothing but the end of the stream was missing.
            log.DropUnfinished();
            End();
            return;
        }

        await request.SurviveAsync(broken, log.HasProgressed, ct);
        if (!log.IsComplete || !log.IsPlain)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, ModelHostEnd.Cut, broken);
        }

        var response = await request.SendAsync(log.Resume(), ct);
        resumed?.Dispose();
        resumed = response;
        body = LastingRequest.IsStream(response)
            ? await response.Content.ReadAsStreamAsync(ct)
            : throw new HttpRequestException(HttpRequestError.ResponseEnded, await LastingRequest.ReasonAsync(response, ct), broken);
    }
}
