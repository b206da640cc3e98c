namespace Republic.Tests.World;

/// <summary>A republic that begins as the template was left: its people have returned, and their runs are over.</summary>
public sealed class TrainedWorld(TestDatabases databases, TrainedTemplate trained) : TrainingWorld(databases)
{
    /// <summary>Whose minion learned from chats.</summary>
    public Inhabitant Nora { get; private set; } = null!;

    protected override string? Template => trained.Database;

    protected override IEnumerable<(string Key, string Value)> Settings => [.. base.Settings, TrainedTemplate.Key];

    public override async ValueTask InitializeAsync()
    {
        trained.CopyTo(DataFolder);
        await base.InitializeAsync();
        Nora = await SettleAsync("Nora");
    }

    protected override Task<Inhabitant> SettleAsync(string name, bool isSuperuser = false) => Inhabitant.ReturnAsync(this, name);
}
