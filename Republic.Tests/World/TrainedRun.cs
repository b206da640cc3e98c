namespace Republic.Tests.World;

/// <summary>A run that is over, and what it was made of.</summary>
public sealed record TrainedRun(Guid MinionId, Guid Dataset, Guid Job);
