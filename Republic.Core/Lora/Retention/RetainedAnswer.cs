namespace Republic.Core.Lora.Retention;

/// <summary>What became of one answer that the version before could give.</summary>
/// <param name="Before">Its greedy answer.</param>
/// <param name="After">That of the new version.</param>
/// <param name="Share">How much of the content of the nearest reference the new answer has, from 0 to 1.</param>
/// <param name="LossRise">By how many nats a token the reference became less likely.</param>
/// <param name="Divergence">Mean Kullback–Leibler divergence over the reference's tokens, in nats.</param>
/// <param name="Problem">Why it counts as lost, as half a sentence; null where it was kept.</param>
internal sealed record RetainedAnswer(
    string Kind,
    string Question,
    string Before,
    string After,
    double Share,
    double LossRise,
    double Divergence,
    string? Problem,
    bool IsDegenerate
);
