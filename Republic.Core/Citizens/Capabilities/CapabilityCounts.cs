namespace Republic.Core.Citizens.Capabilities;

/// <param name="FeedbackSum">Of scores from 0 to 1.</param>
public sealed record CapabilityCounts(int Successes, int Failures, double FeedbackSum, int FeedbackCount);
