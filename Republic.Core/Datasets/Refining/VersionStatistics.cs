using System.Text.Json.Serialization;
using Republic.Core.Datasets.Splitting;

namespace Republic.Core.Datasets.Refining;

/// <summary>Of the samples of a version. A token is taken to be four characters, so every figure of tokens is an estimate.</summary>
public sealed record VersionStatistics
{
    public const int CharactersPerToken = 4;

    public int Training { get; init; }

    public int Validation { get; init; }

    /// <summary>Rows whose questions or answers are nearly equal are one group, and stand on one side. Null where the version was made before they were counted.</summary>
    public int? Groups { get; init; }

    public int? HeldOutGroups { get; init; }

    /// <summary>How many answers the samples hold that are not nearly equal.</summary>
    public int? DifferentAnswers { get; init; }

    /// <summary>What to add, in words, where too few groups are held out to tell better from chance; null where there are enough.</summary>
    [JsonIgnore]
    public string? Advice =>
        (Groups, HeldOutGroups, DifferentAnswers) is ({ } groups, { } heldOut, { } answers)
            ? HeldOutShare.Advice(Training + Validation, answers, groups, heldOut)
            : null;

    /// <summary>Of prompts and answers, system texts left out, as everything here.</summary>
    public long Characters { get; init; }

    public int ShortestCharacters { get; init; }

    public int LongestCharacters { get; init; }

    public double MeanCharacters { get; init; }

    /// <summary>Of messages, system texts included.</summary>
    public double MeanTurns { get; init; }

    public double MeanQuality { get; init; }

    public long AboutTokens { get; init; }

    /// <summary>Samples by tokens, each bin twice as wide as the one before: 0 to 8, to 16, to 32 and on.</summary>
    public IReadOnlyList<HistogramBin> Tokens { get; init; } = [];

    /// <summary>Samples by quality in ten bins.</summary>
    public IReadOnlyList<HistogramBin> Quality { get; init; } = [];
}
