namespace Republic.Tests.World;

/// <summary>A republic with people in it. Mira came first and is the superuser; Jonas and Ada know nothing of each other.</summary>
public class RunningRepublic(TestDatabases databases) : EmptyRepublic(databases)
{
    public Inhabitant Mira { get; private set; } = null!;

    public Inhabitant Jonas { get; private set; } = null!;

    public Inhabitant Ada { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Mira = await NewPersonAsync("Mira");
        Jonas = await NewPersonAsync("Jonas");
        Ada = await NewPersonAsync("Ada");
    }

    public Task<Inhabitant> NewPersonAsync(string name) => Inhabitant.SignUpAsync(Address, name);
}
