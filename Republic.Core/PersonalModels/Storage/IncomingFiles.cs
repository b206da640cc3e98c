using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>
/// Files of models that are being downloaded or uploaded: <c>model-downloads/&lt;id of the row&gt;/model</c>, and its parts beside it.
/// </summary>
public sealed class IncomingFiles(DataFolder data) : FileStore<Guid>(data, "model-downloads")
{
    private const int Looks = 5;

    public override string PathOf(Guid key) => Path.Combine(EntryOf(key), "model");

    /// <summary>The full path of the unfinished file.</summary>
    internal string UnfinishedPathOf(Guid model) => UnfinishedFile.PathOf(PathOf(model));

    /// <summary>The full path of one part of a model that is in several files.</summary>
    /// <param name="number">The number of the part, from 1.</param>
    internal string PartPathOf(Guid model, int number) => Path.Combine(EntryOf(model), $"part-{number:00000}");

    /// <summary>
    /// A path for a copy that is made of another model. What an earlier start left is deleted; a new name each time keeps a start that still
    /// ends out of this one.
    /// </summary>
    internal string NewCopyOf(Guid model)
    {
        Delete(model);
        return Path.Combine(Directory.CreateDirectory(EntryOf(model)).FullName, $"copy-{Guid.CreateVersion7():N}");
    }

    /// <summary>Gives a complete copy the name of the finished file, which it has already where the row could not be saved then.</summary>
    internal void TakeCopy(Guid model, string copy)
    {
        if (File.Exists(copy))
        {
            File.Move(copy, PathOf(model), overwrite: true);
        }
    }

    /// <summary>
    /// Deletes a copy that is not wanted any more. Its folder stays, because the next start may be about to write there; the sweep takes it.
    /// </summary>
    internal static void DeleteCopy(string copy)
    {
        try
        {
            File.Delete(copy);
            File.Delete(copy + AtomicFile.Unfinished);
        }
        catch (IOException)
        {
            // Gone with its folder already.
        }
    }

    /// <summary>The bytes on the disk of all files of this model.</summary>
    public long BytesOf(Guid model)
    {
        var folder = new DirectoryInfo(EntryOf(model));
        for (var look = 0; look < Looks; look++)
        {
            try
            {
                return folder.EnumerateFiles().Sum(file => file.Length);
            }
            catch (DirectoryNotFoundException)
            {
                return 0;
            }
            catch (FileNotFoundException)
            {
                // One was moved into its place since the folder was read, or deleted: the folder is read again.
            }
        }

        return 0;
    }

    /// <summary>
    /// Makes a finished file unfinished again, where the process died after the file was complete and before the row was saved.
    /// </summary>
    internal void Reopen(Guid model)
    {
        if (File.Exists(PathOf(model)))
        {
            File.Move(PathOf(model), UnfinishedPathOf(model), overwrite: true);
        }
    }

    /// <summary>Gives the unfinished file the name of the finished one.</summary>
    internal void Finish(Guid model) => File.Move(UnfinishedPathOf(model), PathOf(model), overwrite: true);
}
