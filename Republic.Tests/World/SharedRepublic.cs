using Republic.Core.Data;

namespace Republic.Tests.World;

/// <summary>
/// The app that most classes share, with people of the class's own in it: Mira is a superuser, Jonas and Ada know nothing of each
/// other, nor of anybody else. Use as a class fixture. Other classes are at work in it at the same time: a test that counts what
/// belongs to all, changes what holds for all, or stops anything, wants a <see cref="RunningRepublic"/>.
/// </summary>
public sealed class SharedRepublic(TestDatabases databases) : IRepublic, IAsyncLifetime
{
    private SharedApp app = null!;
    private string domain = "";

    public Inhabitant Mira { get; private set; } = null!;

    public Inhabitant Jonas { get; private set; } = null!;

    public Inhabitant Ada { get; private set; } = null!;

    public Uri Address => app.Address;

    public string DataFolder => app.DataFolder;

    public IServiceProvider Services => app.Services;

    /// <summary>Everything that was logged, whoever it was about: for tests of what must never be there.</summary>
    public IReadOnlyCollection<string> Log => app.Log;

    public async ValueTask InitializeAsync()
    {
        app = await databases.SharedAppAsync();
        domain = app.NewDomain();
        Mira = await Inhabitant.SettleAsync(this, "Mira", domain, isSuperuser: true);
        Jonas = await NewPersonAsync("Jonas");
        Ada = await NewPersonAsync("Ada");
    }

    public Task<T> QueryAsync<T>(Func<RepublicDb, Task<T>> query) => app.QueryAsync(query);

    public Task<Inhabitant> NewPersonAsync(string name) => Inhabitant.SettleAsync(this, name, domain);

    public Visitor NewVisitor() => app.NewVisitor();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
