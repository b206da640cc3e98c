namespace Republic.Tests.World;

/// <summary>Classes that share one <see cref="IdleRepublic"/>, one after the other: each has people of its own there.</summary>
[CollectionDefinition(nameof(IdleNode))]
public sealed class IdleNode : ICollectionFixture<IdleRepublic>;
