using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>
/// Reads headers of files in the folder for models and in the folders of <c>ModelHost:Folders</c>. A given file name is only compared
/// with the names of existing files, never joined to a path.
/// </summary>
public sealed class LocalHeaders(SharedModels models)
{
    private const string Extension = ".gguf";

    /// <summary>The names of the files in these folders.</summary>
    public IReadOnlyList<string> Files() => [.. models.List().Select(NameOf)];

    /// <summary>The header of one file, or the failure to show.</summary>
    /// <param name="fileName">The name of the file, with or without <c>.gguf</c>.</param>
    public Outcome<HeaderFacts> Read(string fileName)
    {
        if (fileName.Contains('/') || fileName.Contains('\\'))
        {
            return Failure.Invalid("path", "Give the name of a file in a folder for models, not a path.");
        }

        try
        {
            return models.List().FirstOrDefault(file => NameOf(file) == fileName || file.Id == fileName) is { } file
                ? HeaderFacts.Of(GgufReader.Read(file.Path))
                : Failure.NotFound("model file");
        }
        catch (GgufException error)
        {
            return Failure.Invalid("path", error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failure.Invalid("path", $"{fileName} cannot be read. Give this server permission to read the file and its folder.");
        }
    }

    private static string NameOf(ModelFile file) => Path.GetFileName(file.Path);
}
