namespace Republic.Tests.World;

/// <summary>A republic with a model host, for tests that ask a local model in an app of their own.</summary>
public sealed class ModelRepublic(TestDatabases databases) : RunningRepublic(databases)
{
    protected override bool HasModelHost => true;
}
