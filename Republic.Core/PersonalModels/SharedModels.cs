using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Host;
using Republic.Core.Llama.Files;

namespace Republic.Core.PersonalModels;

/// <summary>
/// The models that are everybody's here: the built-in one, those in <c>models</c> of the data folder, and those in folders that whoever runs
/// this Republic has listed. Where two have one name, the first counts, as for the model host.
/// </summary>
public sealed class SharedModels(DataFolder data, IOptions<ModelHostOptions> host)
{
    public IReadOnlyList<string> Names => [.. List().Select(file => file.Id)];

    internal IReadOnlyList<ModelFile> List() => new ModelFolders([.. ModelLookup.FoldersOf(data), .. host.Value.Folders]).List();

    /// <exception cref="FileNotFoundException">There is none; the message says what there is, and not where.</exception>
    internal ModelFile Find(string name) =>
        List().FirstOrDefault(file => file.Id == name)
        ?? throw new FileNotFoundException($"There is no model {name} here. There: {string.Join(", ", Names)}.");
}
