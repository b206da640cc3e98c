namespace Republic.Core.Archives.Records;

internal sealed record ArchivedField(string Name, string Value);
