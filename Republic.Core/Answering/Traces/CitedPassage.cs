namespace Republic.Core.Answering.Traces;

/// <summary>A passage as an answer was given it. The text is kept with the answer: documents change, and what was said does not.</summary>
public sealed record CitedPassage(
    int Number,
    Guid CollectionId,
    Guid DocumentId,
    Guid PassageId,
    string Document,
    string Text,
    double Score
)
{
    public string? Heading { get; init; }

    public int? Page { get; init; }

    /// <summary>Its section in help, on this Republic; null for a passage of a collection. One of help has no collection, so its ids are empty.</summary>
    public string? Address { get; init; }
}
