namespace Republic.Core.Archives.Records;

/// <summary><c>scenarios/&lt;id&gt;.json</c>; the draft is the text beside it, and published versions are texts below.</summary>
internal sealed record ArchivedScenario(Guid Id, string Name)
{
    public bool IsArchived { get; init; }

    /// <summary>When each version was published, that of number 1 first.</summary>
    public IReadOnlyList<DateTimeOffset> Published { get; init; } = [];
}
