namespace Republic.Core.Citizens.Fields;

/// <summary>What a person writes of a custom field. One of that name, in any case, is changed; otherwise it is made.</summary>
public sealed record CustomFieldInput(string? FieldName, string? FieldValue);
