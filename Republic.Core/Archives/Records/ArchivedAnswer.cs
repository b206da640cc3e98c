namespace Republic.Core.Archives.Records;

/// <summary>Who gave an answer and what it took, with what it cites.</summary>
internal sealed record ArchivedAnswer
{
    public string? Provider { get; init; }

    public string? Model { get; init; }

    public int? MinionVersion { get; init; }

    public int? PromptTokens { get; init; }

    public int? CompletionTokens { get; init; }

    /// <summary>Dollars.</summary>
    public decimal? Cost { get; init; }

    public double? DurationMs { get; init; }

    public IReadOnlyList<ArchivedSource> Sources { get; init; } = [];
}
