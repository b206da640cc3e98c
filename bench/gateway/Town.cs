using System.Globalization;

namespace Republic.Bench;

/// <summary>The provider and every gateway to it, each in a process of its own on loopback.</summary>
internal sealed class Town : IAsyncDisposable
{
    private const int First = 5251;
    private const string Portkey = "node_modules/@portkey-ai/gateway/build/start-server.js";

    // Debian has it where only the superuser looks.
    private static readonly string? Haproxy = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "haproxy"))
        .FirstOrDefault(File.Exists);

    private readonly List<Server> servers = [];
    private readonly List<Gateway> gateways = [];
    private readonly string folder = Directory.CreateTempSubdirectory("republic-gateway-").FullName;

    /// <summary>The first is no gateway: the provider itself.</summary>
    public IReadOnlyList<Gateway> Gateways => gateways;

    public Gateway Direct => gateways[0];

    public Gateway Republic => gateways.Single(gateway => gateway.Name == "republic");

    public static async Task<Town> StartAsync(string app, Options options, string[] models)
    {
        var town = new Town();
        try
        {
            await town.FoundAsync(app, options, models);
            return town;
        }
        catch
        {
            await town.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(servers))
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task FoundAsync(string app, Options options, string[] models)
    {
        var self = Path.Combine(AppContext.BaseDirectory, "Republic.Bench.dll");
        var provider = await AddAsync("direct", "dotnet", First, [self, "provider", Text(First)]);
        if (options.Has("haproxy") && IsThere("haproxy (apt-get install haproxy)", Haproxy))
        {
            await AddAsync("haproxy", Haproxy!, First + 1, ["-db", "-f", HaproxySettings(First + 1, First)]);
        }

        if (options.Has("bare"))
        {
            await AddAsync("bare Kestrel", "dotnet", First + 2, [self, "bare", Text(First + 2), provider.Server.Address.ToString()]);
        }

        if (options.Has("republic"))
        {
            var site = await Site.StartAsync(app, First + 3, Path.Combine(folder, "republic"), provider.Server.Address, models);
            servers.Add(site.Gateway.Server);
            gateways.Add(site.Gateway);
        }

        if (options.Has("portkey") && IsThere("Portkey's gateway (npm ci in bench/gateway)", File.Exists(Portkey) ? Portkey : null))
        {
            await AddPortkeyAsync(First + 4, provider.Server.Address);
        }
    }

    private async Task AddPortkeyAsync(int port, Uri provider)
    {
        var settings = new Dictionary<string, string> { ["NODE_ENV"] = "production", ["TRUSTED_CUSTOM_HOSTS"] = "127.0.0.1" };
        var server = await Server.StartAsync("node", port, [Portkey, $"--port={Text(port)}", "--headless"], settings);
        servers.Add(server);
        gateways.Add(
            new Gateway("Portkey", server, _ => "sk-bench-0123456789")
            {
                Headers = $"x-portkey-provider: openai\r\nx-portkey-custom-host: {provider}v1\r\n",
            }
        );
    }

    private async Task<Gateway> AddAsync(string name, string program, int port, string[] arguments)
    {
        var server = await Server.StartAsync(program, port, arguments, new Dictionary<string, string>());
        servers.Add(server);
        gateways.Add(new Gateway(name, server, _ => "sk-bench-0123456789"));
        return gateways[^1];
    }

    /// <summary>A peer that is not installed is left out, and that is said.</summary>
    private static bool IsThere(string peer, string? program)
    {
        if (program is null)
        {
            Console.Error.WriteLine($"{peer} is not installed: without it");
        }

        return program is not null;
    }

    private string HaproxySettings(int port, int provider)
    {
        var path = Path.Combine(folder, "haproxy.cfg");
        File.WriteAllText(
            path,
            $"""
            global
              nbthread 1
              maxconn 8000
            defaults
              mode http
              option http-no-delay
              http-reuse always
              timeout connect 5s
              timeout client 60s
              timeout server 60s
            frontend clients
              bind 127.0.0.1:{Text(port)}
              default_backend provider
            backend provider
              server provider 127.0.0.1:{Text(provider)}

            """
        );
        return path;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
