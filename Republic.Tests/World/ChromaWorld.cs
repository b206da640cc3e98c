namespace Republic.Tests.World;

/// <summary>A republic whose collections are searched on a Chroma server, however small they are.</summary>
public sealed class ChromaWorld(TestDatabases databases) : RunningRepublic(databases)
{
    public ChromaServer Chroma { get; } = new();

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Knowledge:Chroma:Url", Chroma.Url.AbsoluteUri), ("Knowledge:Chroma:FromPassages", "0")];

    public override async ValueTask InitializeAsync()
    {
        await Chroma.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Chroma.DisposeAsync();
    }
}
