using System.Security.Cryptography;
using Republic.Core.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.PersonalModels.Sources;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels.Downloads;

/// <summary>Downloads a model that lies in several files, one after the other, and makes one file of them.</summary>
internal sealed class SplitDownload(ModelDownload download, SourceClient sources, IncomingFiles files)
{
    /// <summary>Bytes of all parts together.</summary>
    /// <exception cref="SourceException">A part cannot be had, its source does not say how large it is, or all are more than may be.</exception>
    public async Task<long> SizeAsync(IReadOnlyList<Uri> parts, long most, CancellationToken ct)
    {
        long sum = 0;
        foreach (var part in parts)
        {
            using var answer = await sources.ReadAsync(part, from: 0, to: 0, etag: null, ct);
            var bytes =
                answer.TotalBytes
                ?? throw new SourceException(
                    $"{part.Host} does not say how large the file is. Fetch it, then upload it here.",
                    isTransient: false
                );
            if (bytes > most - sum)
            {
                throw new SourceException($"It is larger than {ByteSize.Of(most)}, the most that is taken.", isTransient: false);
            }

            sum += bytes;
        }

        return sum;
    }

    public async Task<DownloadResult> RunAsync(
        PersonalModel model,
        IReadOnlyList<Uri> parts,
        Action<DownloadProgress> report,
        CancellationToken ct
    )
    {
        List<string> paths = [.. parts.Select((_, i) => files.PartPathOf(model.Id, i + 1))];
        var merged = files.UnfinishedPathOf(model.Id);
        // It appears whole or not at all: merged, and then its process died.
        if (File.Exists(merged))
        {
            paths.ForEach(File.Delete);
            return await WholeAsync(merged, ct);
        }

        try
        {
            return await FetchAsync(model, parts, paths, report, ct) ?? await MergeAsync(paths, merged, ct);
        }
        catch (GgufException error)
        {
            // With what an earlier try has of later parts.
            files.Delete(model.Id);
            return new DownloadResult(DownloadEnd.Refused, $"The parts make no model. {error.Message}");
        }
    }

    /// <returns>Null once all parts are here; else why not.</returns>
    /// <exception cref="GgufException">One is no part of a model that may be used: none is fetched after it.</exception>
    private async Task<DownloadResult?> FetchAsync(
        PersonalModel model,
        IReadOnlyList<Uri> parts,
        List<string> paths,
        Action<DownloadProgress> report,
        CancellationToken ct
    )
    {
        long done = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            var (part, path, number, before) = (parts[i], paths[i], i + 1, done);
            if (!File.Exists(path))
            {
                var etag = new PartETag(path);
                var order = new DownloadOrder(part, UnfinishedFile.PathOf(path), model.Bytes - before) { ETag = etag.Value };
                var result = await download.RunAsync(order, Report, ct);
                if (!result.IsWhole)
                {
                    return result;
                }

                File.Move(order.Path, path);
                etag.Forget();

                void Report(DownloadProgress progress)
                {
                    etag.Keep(progress.ETag);
                    report(OfAll(progress, before, model.Bytes));
                }
            }

            await Task.Run(() => GgufMerge.CheckPart(path, number, parts.Count), ct);
            done += new FileInfo(path).Length;
        }

        report(new DownloadProgress(done, model.Bytes, 0, null, null, "Making one file of its parts."));
        return null;
    }

    private static async Task<DownloadResult> MergeAsync(List<string> paths, string merged, CancellationToken ct)
    {
        await Task.Run(() => GgufMerge.Run(paths, merged, ct), ct);
        paths.ForEach(File.Delete);
        return await WholeAsync(merged, ct);
    }

    private static async Task<DownloadResult> WholeAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        return DownloadResult.Whole(new DownloadedFile(file.Length, digest, null));
    }

    private static DownloadProgress OfAll(DownloadProgress part, long before, long total) =>
        part with
        {
            Bytes = before + part.Bytes,
            TotalBytes = total,
            Remaining = part.BytesPerSecond > 0 ? TimeSpan.FromSeconds((total - before - part.Bytes) / part.BytesPerSecond) : null,
        };
}
