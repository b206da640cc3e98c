using System.Globalization;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Core.PersonalModels.Downloads;

/// <summary>One start of a download: requests until the file is whole or the source will not go on.</summary>
internal sealed class DownloadRun(SourceClient sources, DownloadOrder order, PartialFile file, DownloadMeter meter, TimeProvider time)
{
    private string? etag = order.ETag;
    private string? sha256 = order.Sha256;
    private long? total = order.TotalBytes;
    private bool isAnew;

    public async Task<DownloadResult> RunAsync(CancellationToken ct)
    {
        meter.Learn(total, etag);
        if (file.Length > 0)
        {
            meter.Wait($"Reading the {ByteSize.Of(file.Length)} downloaded so far.");
            await file.HashAsync(ct);
            meter.Wait(null);
        }

        var first = await FromAsync(order.Url, ct);
        if (order.SecondUrl is null || first.End is not (DownloadEnd.Refused or DownloadEnd.SourceAway))
        {
            return first;
        }

        etag = null;
        var second = await FromAsync(order.SecondUrl, ct);
        return second.End is DownloadEnd.Refused or DownloadEnd.SourceAway ? Neither(first, second) : second;
    }

    // Where one of them is only away, the file may still be had.
    private static DownloadResult Neither(DownloadResult first, DownloadResult second) =>
        new(first.MayGoOn ? first.End : second.End, $"{first.Message} The second address: {second.Message}")
        {
            AllowableHost = second.AllowableHost ?? first.AllowableHost,
        };

    private async Task<DownloadResult> FromAsync(Uri url, CancellationToken ct)
    {
        var retries = new RetrySchedule(time);
        while (true)
        {
            var before = file.Written;
            try
            {
                if (await TryAsync(url, ct) is { } result)
                {
                    return result;
                }
            }
            catch (SourceException error) when (error.IsTransient)
            {
                if (file.Written > before && !error.IsSlow)
                {
                    retries.Restart();
                }

                if (retries.Next(error.RetryAfter) is not { } pause)
                {
                    return new DownloadResult(DownloadEnd.SourceAway, $"{error.Message} It was tried {retries.Tries} times. {Kept()}");
                }

                await WaitAsync(pause, error, ct);
            }
            catch (SourceException error)
            {
                return new DownloadResult(DownloadEnd.Refused, error.Message) { AllowableHost = error.AllowableHost };
            }
        }
    }

    /// <returns>Null: to be tried again at once, from what is here.</returns>
    private async Task<DownloadResult?> TryAsync(Uri url, CancellationToken ct)
    {
        if (file.Length > order.MaxBytes)
        {
            return TooLarge(file.Length);
        }

        if (file.Length == total && total > 0)
        {
            return await WholeAsync();
        }

        using var answer = await sources.ReadAsync(url, file.Length, null, etag, ct);
        if (url == order.SecondUrl && total is { } known && answer.TotalBytes != known)
        {
            var length = answer.TotalBytes is { } other ? $"has {ByteSize.Of(other)} and not {ByteSize.Of(known)}" : "is of unknown length";
            throw new SourceException($"The file at {answer.Host} {length}, so it is another one.", isTransient: false);
        }

        if (file.Length > 0 && !GoesOn(url, answer))
        {
            if (isAnew)
            {
                return Changed(answer);
            }

            isAnew = true;
            file.Truncate();
            meter.Bytes = 0;
            if (answer.From > 0)
            {
                (etag, total) = (null, null);
                return null;
            }
        }

        Learn(url, answer);
        return total > order.MaxBytes ? TooLarge(total.Value) : await ReceiveAsync(answer, ct);
    }

    /// <summary>What is here is the beginning of what this answer goes on with.</summary>
    private bool GoesOn(Uri url, SourceAnswer answer)
    {
        var isNamedSame = etag is not null && answer.ETag == etag;
        var isOther = etag is not null && answer.ETag is not null && answer.ETag != etag;
        var isLong = answer.TotalBytes is { } length ? length >= file.Length && (total ?? length) == length : total is null || isNamedSame;
        // Of a second address nothing is known but the length.
        return answer.From == file.Length && !isOther && isLong && (url != order.SecondUrl || isNamedSame || total is not null);
    }

    private void Learn(Uri url, SourceAnswer answer)
    {
        if (answer.From == 0)
        {
            (etag, total, sha256) = (null, null, null);
        }

        (etag, total, sha256) = (answer.ETag ?? etag, answer.TotalBytes ?? total, order.Sha256 ?? answer.Sha256 ?? sha256);
        meter.Learn(total, url == order.Url ? etag : meter.ETag);
    }

    private async Task<DownloadResult?> ReceiveAsync(SourceAnswer answer, CancellationToken ct)
    {
        var most = Math.Min(total ?? order.MaxBytes, order.MaxBytes);
        if (!await new DownloadReceiver(file, meter, time).ReceiveAsync(answer, most, ct))
        {
            return most < total || total is null
                ? TooLarge(most + 1)
                : throw new SourceException($"{answer.Host} sent more bytes than it announced.", isTransient: false);
        }

        return total is null || file.Length == total
            ? await WholeAsync()
            : throw new SourceException($"{answer.Host} ended before the file did.", isTransient: true);
    }

    private async Task WaitAsync(TimeSpan pause, SourceException error, CancellationToken ct)
    {
        var waiting = Task.Delay(pause, time, ct);
        meter.Bytes = file.Length;
        meter.Wait($"Waiting {Math.Ceiling(pause.TotalSeconds):0} s: {error.Message} {Kept()}");
        await waiting;
        meter.Wait(null);
    }

    private string Kept() =>
        total > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100.0 * file.Length / total.Value):0} % are kept.")
            : $"{ByteSize.Of(file.Length)} are kept.";

    private async Task<DownloadResult> WholeAsync()
    {
        meter.Wait("Everything came; the disk takes the last of it.");
        var got = await Task.Run(file.Finish);
        meter.Wait(null);
        if (sha256 is null || sha256.Equals(got, StringComparison.OrdinalIgnoreCase))
        {
            return DownloadResult.Whole(new DownloadedFile(file.Length, got, etag));
        }

        file.Delete();
        return new DownloadResult(
            DownloadEnd.WrongDigest,
            $"This is not the file that was expected, and it was deleted. SHA-256 expected: {sha256}, got: {got}. Download it again."
        );
    }

    private DownloadResult TooLarge(long bytes) =>
        new(
            DownloadEnd.TooLarge,
            $"The file has {(bytes > order.MaxBytes && total is null ? "more than " + ByteSize.Of(order.MaxBytes) : ByteSize.Of(bytes))}; "
                + $"at most {ByteSize.Of(order.MaxBytes)} are possible."
        );

    private static DownloadResult Changed(SourceAnswer answer) =>
        new(
            DownloadEnd.SourceChanged,
            answer.GivesParts
                ? $"The file changed at its source ({answer.Host}) twice while it was downloaded. Begin anew when it is settled there."
                : $"The file changed at its source ({answer.Host}), or it gives no parts of files: the download was begun anew once already, "
                    + "and broke off again. Begin anew, or use another address."
        );
}
