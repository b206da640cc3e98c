using Republic.Core.Llama.Gguf;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>Fetches the beginning of one file, up to the end of its header, and no byte twice.</summary>
internal sealed class HeaderFetch(SourceClient sources, Uri url)
{
    /// <summary>Most headers end within the first length; those with large vocabularies take more.</summary>
    private static readonly int[] Lengths = [1 << 20, 4 << 20, 16 << 20, 64 << 20];

    private byte[] prefix = [];
    private int present;
    private long total;
    private string? etag;
    private string? sha256;
    private bool givesParts;
    private bool isResumable;

    /// <exception cref="SourceException">The source refused or failed.</exception>
    /// <exception cref="GgufException">The header does not describe a model that can be used.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<HeaderResult> RunAsync(CancellationToken ct)
    {
        foreach (var length in Lengths)
        {
            if (await ReadToAsync(length, ct) is { } why)
            {
                return HeaderResult.Unknown(url, why);
            }

            if (GgufReader.ReadPrefix(new ArraySegment<byte>(prefix, 0, present), total) is { } header)
            {
                return HeaderResult.Of(new RemoteHeader(url, total, etag, sha256, isResumable, HeaderFacts.Of(header)));
            }

            if (!givesParts)
            {
                return HeaderResult.Unknown(url, $"gives no parts of files, and the header is longer than {ByteSize.Of(length)}");
            }
        }

        throw new GgufException($"The header is longer than {ByteSize.Of(Lengths[^1])}, which no model's is.", GgufException.TakeAnother);
    }

    /// <returns>Null once so many bytes of the file are read, or all; else the reason why not, to follow the name of the source.</returns>
    private async Task<string?> ReadToAsync(int length, CancellationToken ct)
    {
        var isFirst = present == 0;
        while (present < length && (isFirst || present < total))
        {
            using var answer = await sources.ReadAsync(url, present, length - 1, etag, ct);
            if (answer.TotalBytes is not { } bytes)
            {
                return "does not say how long the file is";
            }

            if (isFirst)
            {
                (total, etag, sha256, isFirst) = (bytes, answer.ETag, answer.Sha256, false);
                (givesParts, isResumable) = (answer.GivesParts, answer.AcceptsRanges);
            }
            else if (!answer.GivesParts || bytes != total || (etag is not null && answer.ETag is { } now && now != etag))
            {
                throw new SourceException(
                    $"The file changed at {url.Host} while its header was read. Try again in a minute.",
                    isTransient: true
                );
            }

            Array.Resize(ref prefix, (int)Math.Min(length, total));
            var read = await answer.Content.ReadAtLeastAsync(
                prefix.AsMemory(present),
                prefix.Length - present,
                throwOnEndOfStream: false,
                ct
            );
            present += read;
            if (present < prefix.Length && (read == 0 || !givesParts))
            {
                throw new SourceException(
                    $"{url.Host} says that the file has {ByteSize.Of(total)} and ended after {ByteSize.Of(present)}. Try again in a minute.",
                    isTransient: true
                );
            }
        }

        return null;
    }
}
