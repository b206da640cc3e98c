namespace Republic.Tests.World;

/// <summary>A republic that people reach as https://republic.example.org, by way of a proxy on 127.0.0.1.</summary>
public sealed class BehindProxy(TestDatabases databases) : RunningRepublic(databases)
{
    public const string Host = "republic.example.org";
    public const string Site = $"https://{Host}";

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("AllowedHosts", $"{Host};127.0.0.1"), ("Proxy:PublicUrl", Site), ("Proxy:Known:0", "127.0.0.1")];
}
