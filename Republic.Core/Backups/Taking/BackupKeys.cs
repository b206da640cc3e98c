using Microsoft.Extensions.Configuration;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Core.Backups.Taking;

/// <summary>Which master keys open what is sealed in the database, and whether they are here. None of them is ever in a backup.</summary>
internal sealed class BackupKeys(IConfiguration configuration, DataFolder data, IEnumerable<SealedColumn> columns)
{
    /// <returns>The names of the keys that a restore needs, the one that seals first.</returns>
    /// <exception cref="StartupRefusedException">A key that is here cannot be used.</exception>
    public async Task<Outcome<IReadOnlyList<string>>> NeededAsync(DatabaseSnapshot database, CancellationToken ct)
    {
        var here = MasterKeys.Present(configuration, data).Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        List<string> needed = [];
        foreach (var column in columns)
        {
            var names = await database.KeysOfAsync(column, ct);
            // Cookie keys under a key that was lost are passed over by the app, which has made others since.
            var arePassedOver = column == DataProtectionKey.SealedKeys && names.Any(here.Contains);
            needed.AddRange(names.Where(name => !arePassedOver || here.Contains(name)));
        }

        if (needed.Find(name => !here.Contains(name)) is { } missing)
        {
            return Failure.Conflict(
                $"Secrets of this Republic are sealed under the master key {missing}, which is not here, and without it a backup could not be "
                    + $"restored. Put its file back as {MasterKeyFile.PathOf(data)}, or set {MasterKey.Setting}; republic keys status says "
                    + "what needs which key."
            );
        }

        return MasterKeys.Sealing(configuration, data) is { } key
            ? Outcome<IReadOnlyList<string>>.Of([.. needed.Prepend(key.Name).Distinct()])
            : Failure.Conflict(
                $"There is no master key here, so a backup could not say which one its restore needs. Put its file back as "
                    + $"{MasterKeyFile.PathOf(data)}, or set {MasterKey.Setting}."
            );
    }
}
