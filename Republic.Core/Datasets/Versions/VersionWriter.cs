using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions.Changes;

namespace Republic.Core.Datasets.Versions;

/// <summary>Makes a version from an earlier one and the changes a person made to its rows.</summary>
public static class VersionWriter
{
    /// <summary>Null when a row may become this; else why not.</summary>
    public static Failure? Check(IReadOnlyList<RowMessage> messages) => ChangedRow.From(messages).Failure;

    /// <summary>The same version in another folder, without the rejected rows. It appears whole or not at all.</summary>
    /// <exception cref="IOException">The disk is full, for example. Nothing is left behind.</exception>
    public static RefineryResult Copy(VersionReader from, string folder, CancellationToken ct)
    {
        using var draft = new VersionDraft(folder, mostBytes: null);
        Append(VersionReader.SamplesFile, draft.Samples);
        foreach (var name in VersionDraft.Beside)
        {
            Append(name, draft.Create(name));
        }

        return draft.Complete(from.Result);

        void Append(string name, FileStream into)
        {
            ct.ThrowIfCancellationRequested();
            using var file = File.OpenRead(Path.Combine(from.Folder, name));
            file.CopyTo(into);
        }
    }

    /// <summary>A row that is changed into what another row already says is left out, and counted as its exact duplicate.</summary>
    /// <param name="folder">Of the new version; appears whole or not at all.</param>
    /// <param name="changes">Those whose row this version does not have are passed over; of two for one row the later counts.</param>
    /// <param name="mostBytes">What the version may take on the disk; null where nothing but the disk sets an end.</param>
    /// <returns>Over budget where it would take more, with nothing left behind.</returns>
    /// <exception cref="ArgumentException">A change is none that <see cref="Check"/> allows.</exception>
    /// <exception cref="IOException">The disk is full, for example. Nothing is left behind.</exception>
    public static Outcome<RefineryResult> Write(
        VersionReader from,
        string folder,
        IReadOnlyList<RowChange> changes,
        long? mostBytes,
        CancellationToken ct
    )
    {
        using var draft = new VersionDraft(folder, mostBytes);
        using var copy = new ChangedCopy(from, draft, changes);
        try
        {
            return draft.Complete(copy.Run(ct));
        }
        catch (QuotaExceededException over)
        {
            return over.Failure;
        }
    }
}
