using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>
/// Headers of files that are on this machine already, in the folder for models or in one that a superuser listed. A file is named by its
/// name, which is only ever compared with what lies there, never joined to a path.
/// </summary>
public sealed class LocalHeaders(SharedModels models)
{
    private const string Extension = ".gguf";

    /// <summary>The names of the files there are.</summary>
    public IReadOnlyList<string> Files() => [.. models.List().Select(NameOf)];

    /// <param name="fileName">With or without <c>.gguf</c>.</param>
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
            return Failure.Invalid("path", $"{fileName} cannot be read. See that its folder and the file may be read by this program.");
        }
    }

    private static string NameOf(ModelFile file) => Path.GetFileName(file.Path);
}
