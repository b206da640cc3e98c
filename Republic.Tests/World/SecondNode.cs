namespace Republic.Tests.World;

/// <summary>Another process of the same republic, as far as one test process can have one: its own app on the first one's database.</summary>
public sealed class SecondNode(TestDatabases databases, EmptyRepublic first, string masterKey) : EmptyRepublic(databases)
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("API_KEY_ENCRYPTION_KEY", masterKey)];

    protected override bool OwnsDatabase => false;

    protected override Task<string> DatabaseAsync() => Task.FromResult(first.ConnectionString);
}
