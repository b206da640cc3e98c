namespace Republic.Tests.World;

/// <summary>
/// A republic with people in it. Mira is the superuser; Jonas and Ada know nothing of each other. An app of a class's own costs seconds:
/// one that only needs people of its own takes its place in the <see cref="SharedRepublic"/>.
/// </summary>
public class RunningRepublic(TestDatabases databases) : EmptyRepublic(databases)
{
    public Inhabitant Mira { get; private set; } = null!;

    public Inhabitant Jonas { get; private set; } = null!;

    public Inhabitant Ada { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Mira = await SettleAsync("Mira", isSuperuser: true);
        Jonas = await SettleAsync("Jonas");
        Ada = await SettleAsync("Ada");
    }

    protected virtual Task<Inhabitant> SettleAsync(string name, bool isSuperuser = false) =>
        Inhabitant.SettleAsync(this, name, isSuperuser: isSuperuser);
}
