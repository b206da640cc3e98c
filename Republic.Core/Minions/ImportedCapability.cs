namespace Republic.Core.Minions;

/// <summary>How often a minion had done something well elsewhere, before it was imported here.</summary>
public sealed record ImportedCapability(string Name, int SuccessCount, int FailureCount, double FeedbackSum, int FeedbackCount);
