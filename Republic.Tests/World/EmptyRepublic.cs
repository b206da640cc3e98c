using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;

namespace Republic.Tests.World;

/// <summary>
/// The real app on Kestrel with a database and a data folder of its own, and nobody in it: use as a class fixture.
/// Derive from it (or from <see cref="RunningRepublic"/>) to set it up otherwise.
/// </summary>
public class EmptyRepublic(TestDatabases databases) : IRepublic, IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-world-");
    private readonly LogRecord log = new();
    private WebApplicationFactory<Program>? app;

    public Uri Address { get; private set; } = null!;

    public string ConnectionString { get; private set; } = "";

    public string DataFolder => folder.FullName;

    public IServiceProvider Services => app!.Services;

    /// <summary>Everything the app has logged, for tests of what must and what must never be there.</summary>
    public IReadOnlyCollection<string> Log => log.Lines;

    /// <summary>Settings as <c>appsettings.json</c> would spell them, with colons.</summary>
    protected virtual IEnumerable<(string Key, string Value)> Settings => [];

    /// <summary>A model host is a process that starts with the app: only tests that ask a local model want one.</summary>
    protected virtual bool HasModelHost => false;

    /// <summary>Puts things of the test's own in the place of the app's, or beside them.</summary>
    protected virtual void Arrange(IServiceCollection services) { }

    /// <summary>A new database, unless this is a second node on that of another.</summary>
    protected virtual Task<string> DatabaseAsync() => databases.NewAsync(Template);

    /// <summary>The database that it begins with a copy of; null for an empty one.</summary>
    protected virtual string? Template => null;

    protected virtual bool OwnsDatabase => true;

    public virtual async ValueTask InitializeAsync()
    {
        ConnectionString = await DatabaseAsync();
        await StartAsync();
    }

    /// <summary>Stops the app and starts it again on the same database, data folder and port, as after an update.</summary>
    public async Task RestartAsync()
    {
        await app!.DisposeAsync();
        await StartAsync();
    }

    public async Task<T> QueryAsync<T>(Func<RepublicDb, Task<T>> query)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync();
        return await query(db);
    }

    public Task<Inhabitant> NewPersonAsync(string name) => Inhabitant.SettleAsync(this, name);

    /// <summary>Someone without an account: cookies kept, redirects not followed.</summary>
    public Visitor NewVisitor() => new(Address);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
        {
            await app.DisposeAsync();
            if (OwnsDatabase)
            {
                await databases.DropAsync(ConnectionString);
            }
        }

        folder.Delete(recursive: true);
    }

    private async Task StartAsync()
    {
        app = new WebApplicationFactory<Program>().WithWebHostBuilder(Configure);
        app.UseKestrel();
        try
        {
            await Task.Run(app.StartServer);
        }
        catch (ObjectDisposedException error)
        {
            throw new InvalidOperationException($"The app did not start.\n{string.Join('\n', Log.TakeLast(20))}", error);
        }

        var listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri($"http://127.0.0.1:{new Uri(listening).Port}");
    }

    private void Configure(IWebHostBuilder web)
    {
        web.UseSetting(WebHostDefaults.ServerUrlsKey, $"http://127.0.0.1:{Address?.Port ?? 0}");
        web.UseSetting("ConnectionStrings:Db", ConnectionString);
        web.UseSetting("REPUBLIC_DATA", DataFolder);
        web.UseSetting("Outbound:AllowedHosts:0", "127.0.0.1");
        web.UseSetting("ModelHost:Enabled", HasModelHost ? "true" : "false");
        web.UseSetting("ModelHost:Threads", "1");
        // A test that is about meaning says so: for all others words alone are enough, and cost nothing.
        web.UseSetting("Knowledge:Embedding:BuiltIn", "false");
        foreach (var (key, value) in Settings)
        {
            web.UseSetting(key, value);
        }

        // Hashes of production strength take a tenth of a second each, and every class of tests has three people in it.
        web.ConfigureTestServices(services => services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000));
        web.ConfigureTestServices(Arrange);
        web.ConfigureLogging(logging => logging.ClearProviders().AddProvider(log));
    }
}
