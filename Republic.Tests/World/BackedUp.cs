namespace Republic.Tests.World;

/// <summary>A <see cref="BackupWorld"/> and one backup of it, for tests that change neither.</summary>
public sealed class BackedUp(TestDatabases databases) : IAsyncLifetime
{
    public BackupWorld World { get; private set; } = null!;

    /// <summary>The path of the backup.</summary>
    public string File { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        World = await BackupWorld.NewAsync(databases);
        File = await World.TakeAsync();
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
