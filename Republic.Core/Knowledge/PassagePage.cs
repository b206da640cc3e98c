namespace Republic.Core.Knowledge;

/// <param name="Total">Passages of the whole document.</param>
/// <param name="Revision">Of the document, raised by every change of its passages.</param>
public sealed record PassagePage(IReadOnlyList<PassageRow> Passages, int Total, int Revision);
