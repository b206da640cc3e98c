namespace Republic.Core.Citizens.Fields;

/// <summary>A custom field to save. A field of that name, in upper or lower case, is changed; otherwise it is added.</summary>
public sealed record CustomFieldInput(string? FieldName, string? FieldValue);
