using System.Globalization;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Archives.Exporting;

/// <summary>
/// Finished archives: <c>exports/&lt;id&gt;.zip</c>. Each start of a job writes to a file of its own beside it, named by its number, so that one
/// which was overtaken cannot touch what counts.
/// </summary>
public sealed class ExportFiles(DataFolder data) : FileStore<Guid>(data, Folder, ".zip")
{
    private const string Folder = "exports";

    internal string UnfinishedOf(Guid id, int epoch) =>
        Path.Combine(Data.Folder(Folder), string.Create(CultureInfo.InvariantCulture, $"{id}.{epoch}"));

    /// <summary>Gives what a start made its name. Asked a second time, as after a broken connection, it is there already.</summary>
    internal void Finish(Guid id, int epoch)
    {
        var made = UnfinishedOf(id, epoch);
        if (File.Exists(made))
        {
            File.Move(made, PathOf(id), overwrite: true);
        }
    }

    internal void Drop(Guid id, int epoch) => File.Delete(UnfinishedOf(id, epoch));

    /// <summary>What starts that were killed have left.</summary>
    internal void DropUnfinished(Guid id) => Remove(id, file => file != PathOf(id));

    /// <summary>All of it.</summary>
    internal void Remove(Guid id) => Remove(id, _ => true);

    private void Remove(Guid id, Func<string, bool> isMeant)
    {
        foreach (var file in Directory.EnumerateFiles(Data.Folder(Folder), $"{id}.*").Where(isMeant).ToList())
        {
            File.Delete(file);
        }
    }
}
