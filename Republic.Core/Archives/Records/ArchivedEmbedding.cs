namespace Republic.Core.Archives.Records;

internal sealed record ArchivedEmbedding(string Provider, string ModelId, string? QueryPrefix = null, string? PassagePrefix = null);
