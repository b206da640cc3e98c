using Microsoft.Extensions.Configuration;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Core.Doctor.Examinations;

/// <summary>The master keys that are here, read without making or changing one.</summary>
internal static class KnownKeys
{
    public static string PathIn(DataFolder data) => data.Path("keys", "master.key");

    /// <summary>The key that seals; null where there is none.</summary>
    /// <exception cref="StartupRefusedException">It cannot be used.</exception>
    /// <exception cref="IOException">Its file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Its file may not be read.</exception>
    public static MasterKey? Sealing(IConfiguration configuration, DataFolder data) =>
        MasterKey.FromSetting(configuration) ?? (File.Exists(PathIn(data)) ? Read(PathIn(data)) : null);

    /// <summary>The versions of all keys that open something, and of the one that seals; those that cannot be used are left out.</summary>
    public static (uint? Sealing, IReadOnlySet<uint> All) Versions(IConfiguration configuration, DataFolder data)
    {
        var sealing = Usable(() => Sealing(configuration, data) is { } key ? [key] : []);
        var previous = Usable(() => MasterKey.Previous(configuration));
        var files = Directory.Exists(data.Path("keys")) ? Directory.GetFiles(data.Path("keys"), "master*.key") : [];
        var all = files.SelectMany(path => Usable(() => [Read(path)])).Concat(previous).Concat(sealing);
        return (sealing.Count > 0 ? sealing[0].Version : null, all.Select(key => key.Version).ToHashSet());
    }

    private static MasterKey Read(string path) => MasterKey.Parse(File.ReadAllText(path), path, "Put the right file back from a backup.");

    private static IReadOnlyList<MasterKey> Usable(Func<IReadOnlyList<MasterKey>> keys)
    {
        try
        {
            return keys();
        }
        catch (Exception error) when (error is StartupRefusedException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
