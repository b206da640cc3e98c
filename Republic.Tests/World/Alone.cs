namespace Republic.Tests.World;

/// <summary>
/// Classes that run one after the other when all others are done: what they measure, or how long they take on two cores, depends on who computes
/// beside them.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
