namespace Republic.Core.Archives.Records;

internal sealed record ArchivedFeedback(
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    double? Score = null,
    string? Correction = null,
    string? Comment = null
);
