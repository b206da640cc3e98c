namespace Republic.Core.Training.Linking;

/// <summary>How well a collection's golden questions were found when that was last measured. Shares from 0 to 1.</summary>
public sealed record RetrievalFigure(
    string Name,
    int Questions,
    double HitAt1,
    double HitAt5,
    double MeanReciprocalRank,
    DateTimeOffset MeasuredAt
);
