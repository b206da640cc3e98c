using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Embedding;

namespace Republic.Web.Pages.Knowledge;

public sealed class EmbeddingForm
{
    /// <summary>The value of <see cref="Provider"/> that stands for the built-in model.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>Empty: none.</summary>
    public string? Provider { get; set; }

    public string? ModelId { get; set; }

    public Guid? CredentialId { get; set; }

    public string? BaseUrl { get; set; }

    public string? QueryPrefix { get; set; }

    public string? PassagePrefix { get; set; }

    public bool IsBuiltIn => Provider == BuiltIn;

    public bool HasMore => !string.IsNullOrEmpty(BaseUrl) || !string.IsNullOrEmpty(QueryPrefix) || !string.IsNullOrEmpty(PassagePrefix);

    public static EmbeddingForm Of(EmbeddingModel? model) =>
        model == BuiltInEmbedding.Model
            ? new() { Provider = BuiltIn }
            : new()
            {
                Provider = model?.Provider,
                ModelId = model?.ModelId,
                CredentialId = model?.CredentialId,
                BaseUrl = model?.BaseUrl,
                QueryPrefix = model?.QueryPrefix,
                PassagePrefix = model?.PassagePrefix,
            };

    public EmbeddingModel? ToModel() =>
        string.IsNullOrEmpty(Provider) ? null
        : IsBuiltIn ? BuiltInEmbedding.Model
        : new EmbeddingModel(
            Provider,
            ModelId ?? "",
            string.IsNullOrWhiteSpace(BaseUrl) ? null : BaseUrl,
            CredentialId,
            QueryPrefix,
            PassagePrefix
        );
}
