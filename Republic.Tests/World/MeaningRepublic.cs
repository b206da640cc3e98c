namespace Republic.Tests.World;

/// <summary>A republic as it comes: with a model host and the built-in embedding model.</summary>
public sealed class MeaningRepublic(TestDatabases databases) : RunningRepublic(databases)
{
    protected override bool HasModelHost => true;

    protected override IEnumerable<(string Key, string Value)> Settings => [("Knowledge:Embedding:BuiltIn", "true")];
}
