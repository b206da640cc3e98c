using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining;

/// <summary>Reads a source, checks and converts each row, takes repeats out, and writes what is left as a version.</summary>
public static class DatasetRefinery
{
    private const string BeforeChanges = ".unchanged";

    /// <summary>What a source is, without reading more than its beginning.</summary>
    /// <returns>Invalid where it is empty, packed or binary, with what to do about it.</returns>
    public static Outcome<SourceLook> Look(string source) => SourceFile.Look(source);

    /// <summary>The same of a source that is not here yet.</summary>
    /// <param name="start">Its first bytes, 64 kB or so.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    public static Outcome<SourceLook> Look(ReadOnlySpan<byte> start, bool isWhole) => SourceFile.Look(start, isWhole);

    /// <summary>Null where a source's columns can be read by a mapping, or it has none; else what is wrong, by the mapping's fields.</summary>
    public static Failure? Check(string source, RowMapping mapping)
    {
        var opened = SourceFile.Open(source, mapping);
        opened.Value?.Dispose();
        return opened.Failure;
    }

    /// <summary>
    /// Works for seconds to minutes on the calling thread and <see cref="RefineryInput.Threads"/> others. A version appears
    /// whole or not at all: it is made beside its folder, under another name, and left-overs of a run that was killed are removed.
    /// </summary>
    /// <returns>
    /// Invalid where the settings or the source cannot be used, or it has more than <see cref="RefineryInput.MostRows"/>; over budget
    /// where the version would take more than <see cref="RefineryInput.MostBytes"/>. Nothing is left behind. Malformed rows are no failure.
    /// </returns>
    /// <exception cref="IOException">The disk is full, or the source cannot be read. Nothing is left behind.</exception>
    /// <exception cref="OperationCanceledException">Likewise.</exception>
    public static Outcome<RefineryResult> Run(RefineryInput input, IProgress<RefineryProgress>? progress, CancellationToken ct)
    {
        if (input.Settings.Validate() is { } invalid)
        {
            return invalid;
        }

        var opened = SourceFile.Open(input.Source, input.Mapping);
        if (opened.Value is not { } source)
        {
            return opened.Failure!;
        }

        using (source)
        {
            var run = new RefineryRun(input, source, progress);
            try
            {
                if (input.Folder is not { } folder)
                {
                    return run.Run(null, ct);
                }

                if (input.Changes.Count > 0)
                {
                    return Change(run, folder, input, ct);
                }

                using var draft = new VersionDraft(folder, input.MostBytes);
                return run.Run(draft, ct);
            }
            catch (QuotaExceededException over)
            {
                return over.Failure;
            }
        }
    }

    private static Outcome<RefineryResult> Change(RefineryRun run, string folder, RefineryInput input, CancellationToken ct)
    {
        var unchanged = folder + BeforeChanges;
        try
        {
            VersionDraft.Remove(unchanged);
            using (var draft = new VersionDraft(unchanged, input.MostBytes))
            {
                run.Run(draft, ct);
            }

            using var reader = VersionReader.Open(unchanged);
            return VersionWriter.Write(reader, folder, input.Changes, input.MostBytes, ct);
        }
        finally
        {
            VersionDraft.Remove(unchanged);
        }
    }
}
