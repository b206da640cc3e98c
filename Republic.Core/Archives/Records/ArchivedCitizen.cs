namespace Republic.Core.Archives.Records;

/// <summary>What a person says of themselves or of a minion of theirs.</summary>
internal sealed record ArchivedCitizen
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public IReadOnlyList<string> PersonalityTraits { get; init; } = [];

    public IReadOnlyList<string> Skills { get; init; } = [];

    public IReadOnlyList<string> Interests { get; init; } = [];

    public IReadOnlyList<ArchivedField> CustomFields { get; init; } = [];

    public IReadOnlyList<ArchivedCapability> Capabilities { get; init; } = [];
}
