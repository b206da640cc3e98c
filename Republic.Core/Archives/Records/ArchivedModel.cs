namespace Republic.Core.Archives.Records;

internal sealed record ArchivedModel(string Provider, string ModelId);
