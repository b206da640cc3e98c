namespace Republic.Core;

/// <param name="Field">The field's name as the JSON API spells it, e.g. <c>base_url</c>.</param>
public sealed record FieldError(string Field, string Message);
