using Republic.Core.Data;

namespace Republic.Core.Llama.Files;

/// <summary>Finds the file that someone at the command line means, who gives a path or a name.</summary>
public static class GivenFile
{
    /// <summary>The path of a base model: of the built-in one, of one in the data folder, or of any file.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message says what there is.</exception>
    public static string ModelPath(string given, DataFolder data) => Model(given, data).Path;

    /// <summary>The path of an adapter: of one in the data folder, or of any file.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message says what there is.</exception>
    public static string AdapterPath(string given, DataFolder data) => Adapter(given, data).Path;

    internal static ModelFile Model(string given, DataFolder data) => Find("model", given, ModelLookup.FoldersOf(data));

    internal static ModelFile Adapter(string given, DataFolder data) => Find("adapter", given, [data.Path("adapters")]);

    private static ModelFile Find(string kind, string given, IReadOnlyList<string> folders)
    {
        if (File.Exists(given))
        {
            return ModelFile.Of(new FileInfo(given));
        }

        var known = new ModelFolders(folders);
        if (known.Find(given) is { } file)
        {
            return file;
        }

        var names = known.List().Select(other => other.Id).ToList();
        throw new FileNotFoundException(
            $"There is no file {given}, and no {kind} of this name in {string.Join(" or ", folders)}. "
                + (names.Count > 0 ? $"There: {string.Join(", ", names)}." : "Give the path of a GGUF file.")
        );
    }
}
