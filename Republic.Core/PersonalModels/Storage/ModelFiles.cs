using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Llama.Files;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>
/// The files of installed models: <c>personal-models/&lt;SHA-256&gt;.gguf</c>, so that what several people have is on the disk, and in
/// memory, once. Who may use one is in the database; the model host does not list this folder.
/// </summary>
public sealed class ModelFiles(DataFolder data) : FileStore<FileHash>(data, ModelFolders.Installed, ".gguf")
{
    public string PathOf(string sha256) => PathOf(new FileHash(sha256));

    /// <summary>Gives a whole file its name; where another person has the same, theirs stays and this one goes.</summary>
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
