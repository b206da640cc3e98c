using Republic.Core.Knowledge;

namespace Republic.Core.Archives.Records;

/// <param name="EditedPassages">How many passages a person changed. They are cut anew from the file.</param>
internal sealed record ArchivedDocument(
    Guid Id,
    string Name,
    DocumentFormat Format,
    string Language,
    int EditedPassages,
    DateTimeOffset CreatedAt
);
