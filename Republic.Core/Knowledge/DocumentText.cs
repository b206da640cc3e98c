namespace Republic.Core.Knowledge;

/// <summary>What was read of a document, as one text; passages say where in it they stand. Apart from the document, because lists do without it.</summary>
public sealed class DocumentText
{
    public required Guid DocumentId { get; init; }

    public required string Text { get; set; }
}
