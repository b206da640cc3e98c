namespace Republic.Tests.World;

/// <summary>Another process of the same republic, as far as one test process can have one: its own app on the first one's database.</summary>
public sealed class SecondNode(TestDatabases databases, EmptyRepublic first, string masterKey) : EmptyRepublic(databases)
{
    /// <summary>It takes no long work, as the first one does not.</summary>
    public bool IsIdle { get; init; }

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("API_KEY_ENCRYPTION_KEY", masterKey), .. IsIdle ? [IdleRepublic.NoWork] : Array.Empty<(string, string)>()];

    protected override bool OwnsDatabase => false;

    protected override Task<string> DatabaseAsync() => Task.FromResult(first.ConnectionString);
}
