using System.Text.Json.Serialization;

namespace Republic.Core.Lora.Retention;

/// <summary>What became of one answer that the version before could give.</summary>
/// <param name="Before">Its greedy answer.</param>
/// <param name="After">That of the new version.</param>
internal sealed record RetainedAnswer(string Kind, string Question, string Before, string After)
{
    /// <summary>An answer that comes up in a smaller share of the tries that said it before is one that people would call lost.</summary>
    private const double LostShare = 0.5;

    /// <summary>The share of tries of the version before that say what its references say, from 0 to 1.</summary>
    public double SaidBefore { get; init; }

    /// <summary>The same of the new version; 0 where its greedy answer has come apart.</summary>
    public double Said { get; init; }

    /// <summary>By how many nats a token the reference became less likely.</summary>
    public double LossRise { get; init; }

    /// <summary>Mean Kullback–Leibler divergence over the reference's tokens, in nats.</summary>
    public double Divergence { get; init; }

    /// <summary>How the greedy answer has come apart, as half a sentence; null where it has not.</summary>
    public string? Degenerate { get; init; }

    [JsonIgnore]
    public bool IsLost => Degenerate is not null || Said < LostShare * SaidBefore;
}
