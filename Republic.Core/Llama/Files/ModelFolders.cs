namespace Republic.Core.Llama.Files;

/// <summary>
/// The GGUF files that may be used, models or adapters. The id of one is its file name without <c>.gguf</c>; ids are only ever compared with
/// what lies in the folders, never joined to a path.
/// </summary>
internal sealed class ModelFolders(IReadOnlyList<string> folders)
{
    /// <summary>Below the data folder: models that belong to people, each called by its SHA-256.</summary>
    public const string Installed = "personal-models";

    public IReadOnlyList<ModelFile> List() =>
        [
            .. folders
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.gguf"))
                .Select(path => ModelFile.Of(new FileInfo(path)))
                .DistinctBy(file => file.Id)
                .OrderBy(file => file.Id, StringComparer.Ordinal),
        ];

    public ModelFile? Find(string id) => List().FirstOrDefault(file => file.Id == id);
}
