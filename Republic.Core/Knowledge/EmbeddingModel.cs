namespace Republic.Core.Knowledge;

/// <summary>A model that makes vectors of texts. Vectors of two models cannot be compared.</summary>
/// <param name="Provider">A catalogue row's name; <c>local</c> for a GGUF file that runs here.</param>
/// <param name="BaseUrl">Null: the provider's own, or that of the key.</param>
/// <param name="CredentialId">The stored key to ask with; null: the default.</param>
/// <param name="QueryPrefix">What some models want before a question, e.g. <c>query: </c>.</param>
/// <param name="PassagePrefix">And before what is searched.</param>
public sealed record EmbeddingModel(
    string Provider,
    string ModelId,
    string? BaseUrl = null,
    Guid? CredentialId = null,
    string? QueryPrefix = null,
    string? PassagePrefix = null
);
