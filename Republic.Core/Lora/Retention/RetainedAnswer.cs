using System.Text.Json.Serialization;

namespace Republic.Core.Lora.Retention;

/// <summary>What became of one answer that the version before could give.</summary>
/// <param name="Before">Its greedy answer.</param>
/// <param name="After">That of the new version.</param>
internal sealed record RetainedAnswer(string Kind, string Question, string Before, string After)
{
    /// <summary>An answer that comes up less than half as often as before is one that people would call lost.</summary>
    private const double LostShare = 0.5;

    /// <summary>The share of the former version's samples that agree with its references, from 0 to 1.</summary>
    public double AgreementBefore { get; init; }

    /// <summary>The share of the new version's samples that agree with the same references, from 0 to 1; 0 if its greedy answer is degenerate.</summary>
    public double Agreement { get; init; }

    /// <summary>The greedy answer of the version before, without the manner of the rows: what <see cref="OtherWordings"/> are compared with.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Samples of the new version that share too few words with the references and are sound; none of an answer that comes apart.</summary>
    public IReadOnlyList<OtherWording> OtherWordings { get; init; } = [];

    /// <summary>Samples of the version before, for each of its runs, without the manner of the rows.</summary>
    public IReadOnlyList<IReadOnlyList<string>> FormerWordings { get; init; } = [];

    /// <summary>True where the greedy answer of that version has the manner of the rows (<see cref="AnswerFrames.Shows"/>).</summary>
    public bool MannerBefore { get; init; }
    public bool MannerAfter { get; init; }

    /// <summary>By how many nats a token the reference became less likely.</summary>
    public double LossRise { get; init; }

    /// <summary>Mean Kullback–Leibler divergence over the reference's tokens, in nats.</summary>
    public double Divergence { get; init; }

    /// <summary>The defect of a degenerate greedy answer, such as "repeats itself"; null for a sound one.</summary>
    public string? Degenerate { get; init; }

    /// <summary>Samples of a lost answer that are degenerate, where the greedy one is not.</summary>
    public int Broken { get; init; }

    /// <summary>
    /// A chat draws its answers: where the likeliest one is sound and the drawn ones are not, people meet the broken ones all the same.
    /// </summary>
    [JsonIgnore]
    public bool ComesApart => Degenerate is not null || Broken > 0;

    [JsonIgnore]
    public bool IsLost => Degenerate is not null || Agreement < LostShare * AgreementBefore;
}
