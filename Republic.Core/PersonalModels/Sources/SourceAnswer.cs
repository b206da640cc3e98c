namespace Republic.Core.PersonalModels.Sources;

/// <summary>Bytes that a source gives, from one of them on. Reading <see cref="Content"/> itself may throw what networks do.</summary>
public sealed class SourceAnswer(HttpResponseMessage response, Stream content, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stalled = new(Timeout.InfiniteTimeSpan, time);

    public Stream Content => content;

    /// <summary>Who gives them, after redirects.</summary>
    public string Host => response.RequestMessage!.RequestUri!.Host;

    /// <summary>Which byte of the file comes first: 0 where the source gives no parts of files, or the file is another one by now.</summary>
    public required long From { get; init; }

    /// <summary>Of the whole file; null where the source does not say.</summary>
    public required long? TotalBytes { get; init; }

    /// <summary>Null where there is none that compares bytes.</summary>
    public required string? ETag { get; init; }

    /// <summary>64 lower-case hexadecimal digits of the whole file, where the source says it.</summary>
    public required string? Sha256 { get; init; }

    public bool GivesParts { get; init; }

    /// <summary>The source gives parts, or says that it would: some give a whole file where all of it or its beginning is asked for.</summary>
    public bool AcceptsRanges { get; init; }

    /// <returns>How many bytes came; 0 at the end.</returns>
    /// <exception cref="SourceException">The connection broke off, or nothing came for half a minute: both may pass.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        using var either = ct.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), stalled);
        try
        {
            stalled.CancelAfter(Stall);
            var read = await content.ReadAsync(buffer, stalled.Token);
            stalled.CancelAfter(Timeout.InfiniteTimeSpan);
            return read;
        }
        catch (OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            throw new SourceException($"{Host} sent nothing for {Stall.TotalSeconds:0} seconds.", isTransient: true);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new SourceException($"The connection to {Host} broke off.", isTransient: true);
        }
    }

    public void Dispose()
    {
        stalled.Dispose();
        content.Dispose();
        response.Dispose();
    }
}
