using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Llama.Files;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>
/// The files of installed models: <c>personal-models/&lt;SHA-256&gt;.gguf</c>, so that a file that several people have is on the disk, and
/// in memory, once. The database says who may use it; the model host does not list this folder.
/// </summary>
public sealed class ModelFiles(DataFolder data) : FileStore<FileHash>(data, ModelFolders.Installed, ".gguf")
{
    public string PathOf(string sha256) => PathOf(new FileHash(sha256));

    /// <summary>Moves a complete file here under its digest; where that file exists already, deletes the new copy.</summary>
    internal void Take(string path, string sha256)
    {
        Data.Folder(ModelFolders.Installed);
        if (File.Exists(PathOf(sha256)))
        {
            File.Delete(path);
        }
        else
        {
            File.Move(path, PathOf(sha256));
        }
    }
}
