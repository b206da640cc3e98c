namespace Republic.Core.Citizens.Fields;

/// <summary>A custom field as pages and the API show it.</summary>
/// <param name="UserId">The citizen whose it is.</param>
public sealed record CustomFieldCard(
    Guid Id,
    Guid UserId,
    string FieldName,
    string FieldValue,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);
