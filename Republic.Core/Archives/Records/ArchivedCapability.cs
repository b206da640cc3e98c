namespace Republic.Core.Archives.Records;

internal sealed record ArchivedCapability(
    string Name,
    int SuccessCount,
    int FailureCount,
    double FeedbackSum,
    int FeedbackCount,
    string? Description = null
);
