using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Republic.Core.Data;

namespace Republic.Core.Security;

/// <summary>
/// The master key that seals, and the earlier ones that still open what they sealed. They come from settings or from the folder
/// <c>keys</c>; the folder is looked into again while the app runs, so that it needs no restart when its key is changed.
/// </summary>
public sealed class MasterKeys
{
    private readonly MasterKey? configured;
    private readonly DataFolder? folder;
    private readonly ConcurrentDictionary<uint, MasterKey> known = new();
    private volatile MasterKey current;

    /// <param name="configured">Null where the folder's key counts, which is made when it is missing.</param>
    /// <param name="previous">Further keys from settings; they open and never seal.</param>
    /// <exception cref="StartupRefusedException">The key file cannot be used.</exception>
    public MasterKeys(MasterKey? configured, IReadOnlyList<MasterKey> previous, DataFolder folder)
        : this(configured ?? MasterKeyFile.Load(folder), previous)
    {
        (this.configured, this.folder) = (configured, folder);
        LookAgain();
    }

    private MasterKeys(MasterKey current, IReadOnlyList<MasterKey> previous)
    {
        this.current = current;
        foreach (var key in previous.Prepend(current))
        {
            known[key.Version] = key;
        }
    }

    /// <summary>Whether the key that seals comes from a setting, which this program cannot change.</summary>
    public bool AreConfigured => configured is not null;

    /// <summary>What seals. Another process may have put a new key into the folder since the last look.</summary>
    public MasterKey Current
    {
        get
        {
            if (folder is not null && configured is null && MasterKeyFile.Current(folder) is { } file && file.Version != current.Version)
            {
                known.TryAdd(file.Version, file);
                current = file;
            }

            return current;
        }
    }

    /// <summary>Those that open and no longer seal.</summary>
    public IReadOnlyList<MasterKey> Earlier
    {
        get
        {
            LookAgain();
            return [.. known.Values.Where(key => key.Version != current.Version).OrderBy(key => key.Version)];
        }
    }

    /// <summary>Null when the key of this version is not here.</summary>
    public MasterKey? Find(uint version)
    {
        if (!known.TryGetValue(version, out var key))
        {
            LookAgain();
            known.TryGetValue(version, out key);
        }

        return key;
    }

    /// <exception cref="StartupRefusedException">A configured key cannot be used.</exception>
    public static MasterKeys Load(IConfiguration configuration, DataFolder folder) =>
        new(MasterKey.FromSetting(configuration), MasterKey.Previous(configuration), folder);

    /// <summary>The key that seals, where there is one. Unlike <see cref="Load"/>, it makes none.</summary>
    /// <exception cref="StartupRefusedException">The key cannot be used.</exception>
    public static MasterKey? Sealing(IConfiguration configuration, DataFolder folder) =>
        MasterKey.FromSetting(configuration) ?? MasterKeyFile.Existing(folder);

    /// <summary>All keys that are here, in no order; none is made.</summary>
    /// <exception cref="StartupRefusedException">One of them cannot be used.</exception>
    internal static IReadOnlyList<MasterKey> Present(IConfiguration configuration, DataFolder folder)
    {
        MasterKey?[] given = [MasterKey.FromSetting(configuration), MasterKeyFile.Existing(folder)];
        return [.. given.OfType<MasterKey>(), .. MasterKey.Previous(configuration), .. MasterKeyFile.Earlier(folder)];
    }

    internal static MasterKeys Of(MasterKey current, params IReadOnlyList<MasterKey> earlier) => new(current, earlier);

    private void LookAgain()
    {
        if (folder is null)
        {
            return;
        }

        foreach (var key in MasterKeyFile.Earlier(folder))
        {
            known[key.Version] = key;
        }

        // A key that a setting has taken the place of still opens what it sealed.
        if ((configured is null ? Current : MasterKeyFile.Current(folder)) is { } file)
        {
            known.TryAdd(file.Version, file);
        }
    }
}
