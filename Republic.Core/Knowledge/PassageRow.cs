namespace Republic.Core.Knowledge;

/// <param name="Ordinal">Its place in the document, from 0.</param>
/// <param name="Offset">Where its own part begins in the document's text, in UTF-16 units; what it repeats of the passage before stands in front of that.</param>
/// <param name="IsEdited">Whether a person changed it: its text, or where it is cut.</param>
public sealed record PassageRow(Guid Id, int Ordinal, string? Heading, int? Page, string Text, int Offset, int Length, bool IsEdited);
