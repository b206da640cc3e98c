using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining;

/// <summary>
/// Takes the near repeats out of samples.jsonl, in place, and puts them into a file of their own. What remains moves towards the
/// beginning, so nothing is overwritten before it has been read.
/// </summary>
internal sealed class SampleCompaction(VersionDraft draft) : IDisposable
{
    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] block = new byte[1 << 20];
    private readonly FileStream repeats = draft.Create(VersionDraft.RepeatsFile);
    private SafeFileHandle samples = null!;
    private long read;
    private long written;

    /// <summary>Sets each kept row's <see cref="CandidateRow.Position"/>, and each repeat's offset to its place in repeats.jsonl.</summary>
    /// <returns>The digest of what remains, in hexadecimal.</returns>
    public string Run(ChunkedList<CandidateRow> rows, Action<double> report, CancellationToken ct)
    {
        draft.Samples.Flush();
        samples = draft.Samples.SafeFileHandle;
        var kept = 0;
        var run = 0L;
        for (var i = 0; i < rows.Count; i++)
        {
            ref var row = ref rows[i];
            if (row.Root == CandidateRow.IsKept)
            {
                row.Position = kept++;
                run += row.Length;
            }

            if (row.Root != CandidateRow.IsKept || run >= block.Length || i == rows.Count - 1)
            {
                ct.ThrowIfCancellationRequested();
                Keep(run);
                run = 0;
            }

            if ((i & 16383) == 0)
            {
                report((double)i / rows.Count);
            }

            if (row.Root != CandidateRow.IsKept)
            {
                row.SourceOffset = repeats.Position;
                Move(row.Length);
            }
        }

        draft.Samples.SetLength(written);
        return Convert.ToHexStringLower(digest.GetCurrentHash());
    }

    public void Dispose() => digest.Dispose();

    private void Keep(long length)
    {
        for (var left = length; left > 0; )
        {
            var bytes = Next((int)Math.Min(left, block.Length));
            digest.AppendData(bytes);
            if (written != read)
            {
                RandomAccess.Write(samples, bytes, written);
            }

            read += bytes.Length;
            written += bytes.Length;
            left -= bytes.Length;
        }
    }

    private void Move(int length)
    {
        for (var left = length; left > 0; )
        {
            var bytes = Next(Math.Min(left, block.Length));
            repeats.Write(bytes);
            read += bytes.Length;
            left -= bytes.Length;
        }
    }

    private ReadOnlySpan<byte> Next(int most)
    {
        var count = RandomAccess.Read(samples, block.AsSpan(0, most), read);
        return count > 0 ? block.AsSpan(0, count) : throw new IOException("The samples are shorter than what was written.");
    }
}
