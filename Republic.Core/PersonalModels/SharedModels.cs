using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Host;
using Republic.Core.Llama.Files;

namespace Republic.Core.PersonalModels;

/// <summary>
/// The models that everybody can use: the built-in one, those in <c>models</c> of the data folder, and those in the folders of
/// <c>ModelHost:Folders</c>. Where two have the same name the first counts, as for the model host.
/// </summary>
public sealed class SharedModels(DataFolder data, IOptions<ModelHostOptions> host)
{
    public IReadOnlyList<string> Names => [.. List().Select(file => file.Id)];

    internal IReadOnlyList<ModelFile> List() => new ModelFolders([.. ModelLookup.FoldersOf(data), .. host.Value.Folders]).List();

    /// <summary>The file of the shared model of this name.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message lists the names that exist, without paths.</exception>
    internal ModelFile Find(string name) =>
        List().FirstOrDefault(file => file.Id == name)
        ?? throw new FileNotFoundException($"There is no model {name} here. There: {string.Join(", ", Names)}.");
}
