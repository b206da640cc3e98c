using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>Files of models that are on their way: <c>model-downloads/&lt;id&gt;/model</c>, by the id of the model's row, and beside it its parts.</summary>
public sealed class IncomingFiles(DataFolder data) : FileStore<Guid>(data, "model-downloads")
{
    public override string PathOf(Guid key) => Path.Combine(EntryOf(key), "model");

    /// <summary>The beginning of a file.</summary>
    internal string UnfinishedPathOf(Guid model) => UnfinishedFile.PathOf(PathOf(model));

    /// <summary>Of a model that comes in several files.</summary>
    /// <param name="number">From 1.</param>
    internal string PartPathOf(Guid model, int number) => Path.Combine(EntryOf(model), $"part-{number:00000}");

    /// <summary>How much of it is here.</summary>
    public long BytesOf(Guid model)
    {
        var folder = new DirectoryInfo(EntryOf(model));
        return folder.Exists ? folder.EnumerateFiles().Sum(file => file.Length) : 0;
    }

    /// <summary>A file that was whole when its process died, before anybody could write that down.</summary>
    internal void Reopen(Guid model)
    {
        if (File.Exists(PathOf(model)))
        {
            File.Move(PathOf(model), UnfinishedPathOf(model), overwrite: true);
        }
    }

    /// <summary>It is whole.</summary>
    internal void Finish(Guid model) => File.Move(UnfinishedPathOf(model), PathOf(model), overwrite: true);
}
