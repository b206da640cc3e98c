using Republic.Core.Data;

namespace Republic.Core.Llama.Files;

/// <summary>
/// Finds a base model by its name: the built-in one, or one in the data folder. A path is no name, for names come from whoever has an
/// account; at the command line <see cref="GivenFile"/> takes both.
/// </summary>
public static class ModelLookup
{
    /// <exception cref="FileNotFoundException">There is none; the message says what there is, and not where.</exception>
    public static string ModelPath(string name, DataFolder data) => Model(name, data).Path;

    /// <summary>The names of the built-in model and of those in the data folder.</summary>
    public static IReadOnlyList<string> Models(DataFolder data) => [.. new ModelFolders(FoldersOf(data)).List().Select(file => file.Id)];

    internal static ModelFile Model(string name, DataFolder data) =>
        new ModelFolders(FoldersOf(data)).Find(name)
        ?? throw new FileNotFoundException($"There is no model {name} here. There: {string.Join(", ", Models(data))}.");

    internal static string[] FoldersOf(DataFolder data) => [Path.Combine(AppContext.BaseDirectory, "models"), data.Path("models")];
}
