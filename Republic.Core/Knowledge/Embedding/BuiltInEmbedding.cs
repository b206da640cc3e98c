using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Llama.Files;

namespace Republic.Core.Knowledge.Embedding;

/// <summary>
/// The embedding model that comes along: all-MiniLM-L6-v2, with 384 numbers to a vector and 512 tokens to a text. Its file is made beside the
/// build, so that an app may start before it is there.
/// </summary>
public sealed class BuiltInEmbedding(DataFolder data, IOptionsMonitor<EmbeddingOptions> options)
{
    /// <summary>The name of its file, without <c>.gguf</c>.</summary>
    public const string ModelId = "all-minilm-l6-v2";

    /// <summary>
    /// The cosine above which two texts have something in common. Passages of different subjects have 0.1 on average (<c>bench/meaning</c>),
    /// those of one subject 0.3, and a collection of forms that are filled in alike far more, which says nothing of a question.
    /// </summary>
    public const double MostBackground = 0.2;

    public static readonly EmbeddingModel Model = new("local", ModelId);

    /// <summary>The model for what nobody chose one for; null where its file is not there, or the configuration does not want it.</summary>
    public EmbeddingModel? Default => options.CurrentValue.BuiltIn && IsThere ? Model : null;

    public bool IsThere => ModelLookup.FoldersOf(data).Any(folder => File.Exists(Path.Combine(folder, $"{ModelId}.gguf")));

    public static bool Is(EmbeddingModel? model) => model is { Provider: "local", ModelId: ModelId, BaseUrl: null };
}
