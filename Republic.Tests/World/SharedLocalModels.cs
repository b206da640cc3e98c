namespace Republic.Tests.World;

/// <summary>One child process for all tests of a class that leave it as they found it.</summary>
public sealed class SharedLocalModels : IAsyncLifetime
{
    public LocalModels Models { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Models = await LocalModels.StartAsync();

    public ValueTask DisposeAsync() => Models.DisposeAsync();
}
