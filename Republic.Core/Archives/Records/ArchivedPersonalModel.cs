namespace Republic.Core.Archives.Records;

/// <summary>A model that the person has, without its file of many gigabytes.</summary>
/// <param name="Source">Where it was read from; null where it was uploaded.</param>
internal sealed record ArchivedPersonalModel(
    string Name,
    string ModelId,
    long Bytes,
    string? Variant = null,
    string? Source = null,
    string? Sha256 = null
);
