using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Host;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Core.PersonalModels;

/// <summary>
/// The models that everybody can use: the built-in ones, those in <c>models</c> of the data folder, and those in the folders of
/// <c>ModelHost:Folders</c>. Where two have the same name the first counts, as for the model host.
/// </summary>
public sealed class SharedModels(DataFolder data, IOptions<ModelHostOptions> host)
{
    /// <summary>A header is read once for each file that is here, and again where the file changed.</summary>
    private readonly ConcurrentDictionary<ModelFile, bool> makingVectors = new();

    public IReadOnlyList<string> Names => [.. List().Select(file => file.Id)];

    /// <summary>The names of those that make vectors of texts, and write no answers.</summary>
    public IReadOnlyList<string> ForVectors => [.. List().Where(MakesVectors).Select(file => file.Id)];

    internal IReadOnlyList<ModelFile> List() => new ModelFolders([.. ModelLookup.FoldersOf(data), .. host.Value.Folders]).List();

    internal IReadOnlyList<ModelFile> ForAnswers() => [.. List().Where(file => !MakesVectors(file))];

    /// <summary>The file of the shared model of this name.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message lists those that write answers, without paths.</exception>
    internal ModelFile Find(string name) =>
        List().FirstOrDefault(file => file.Id == name)
        ?? throw new FileNotFoundException(
            $"There is no model {name} here. There: {string.Join(", ", ForAnswers().Select(file => file.Id))}."
        );

    /// <summary>A text that changes with the file of the shared model of this name; null where there is none.</summary>
    internal string? StampOf(string name) =>
        List().FirstOrDefault(file => file.Id == name) is { } file ? $"{file.Id}/{file.Bytes}/{file.ChangedUtc.Ticks}" : null;

    private bool MakesVectors(ModelFile file) =>
        makingVectors.GetOrAdd(
            file,
            static file =>
            {
                try
                {
                    return HeaderFacts.Of(GgufReader.Read(file.Path)).MakesVectors;
                }
                catch (Exception error) when (error is GgufException or IOException or UnauthorizedAccessException)
                {
                    // Whoever chooses it is told what is wrong with it.
                    return false;
                }
            }
        );
}
