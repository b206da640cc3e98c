using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace Republic.Core.Admin.Settings;

/// <summary>
/// Stored settings as a source of the configuration: above the files, below the environment and the command line. It is empty until the
/// database is there.
/// </summary>
public sealed class StoredSettingsSource : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Puts it above the last of the files.</summary>
    public static StoredSettingsSource AddTo(IConfigurationBuilder builder)
    {
        var source = new StoredSettingsSource();
        var lastFile = builder.Sources.ToList().FindLastIndex(one => one is JsonConfigurationSource);
        builder.Sources.Insert(lastFile + 1, source);
        return source;
    }

    internal void Replace(IReadOnlyDictionary<string, string> values)
    {
        Data = values.ToDictionary(one => one.Key, one => (string?)one.Value, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }
}
