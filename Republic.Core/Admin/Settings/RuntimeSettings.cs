using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Core.Data;

namespace Republic.Core.Admin.Settings;

/// <summary>Reads and changes settings while the server runs.</summary>
public sealed class RuntimeSettings(
    RepublicDb db,
    IConfiguration configuration,
    StoredSettings stored,
    AuditLog audit,
    AfterCommit after,
    TimeProvider time
)
{
    public async Task<IReadOnlyList<SettingState>> ListAsync(CancellationToken ct)
    {
        var rows = await db
            .StoredSettings.AsNoTracking()
            .Select(s => new
            {
                s.Key,
                s.ChangedAt,
                By = db.Users.Where(p => p.Id == s.ChangedBy).Select(p => p.Citizen.DisplayName).FirstOrDefault(),
            })
            .ToDictionaryAsync(s => s.Key, StringComparer.OrdinalIgnoreCase, ct);
        return
        [
            .. SettingCatalog.All.Select(setting =>
            {
                var origin = OriginOf(setting.Key);
                var row = origin == SettingOrigin.Page ? rows.GetValueOrDefault(setting.Key) : null;
                return new SettingState(setting, configuration[setting.Key] ?? setting.Default, origin, row?.By, row?.ChangedAt);
            }),
        ];
    }

    public async Task<SettingState> FindAsync(string key, CancellationToken ct) =>
        (await ListAsync(ct)).Single(state => state.Setting.Key == key);

    /// <param name="value">Null for what the files and the defaults say.</param>
    public async Task<Outcome<SettingState>> ChangeAsync(Guid by, string? key, string? value, CancellationToken ct)
    {
        if (SettingCatalog.Find(key) is not { } setting)
        {
            return Failure.NotFound("setting");
        }

        if (OriginOf(setting.Key) is var origin && origin >= SettingOrigin.Environment)
        {
            var where =
                origin == SettingOrigin.Environment ? $"the environment variable {setting.Key.Replace(":", "__")}" : "the command line";
            return Failure.Conflict($"{setting.Name} is set by {where}, which a page cannot change.");
        }

        var given = value is null ? (Outcome<string>?)null : SettingValue.Read(setting, value);
        if (given is { Failure: { } wrong })
        {
            return wrong;
        }

        if (value is null && !await db.StoredSettings.AnyAsync(s => s.Key == setting.Key, ct))
        {
            return await FindAsync(setting.Key, ct);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.KeepsAdministeringAsync(by, ct))
        {
            return Failure.Forbidden("Only a superuser changes settings.");
        }

        await SaveAsync(by, setting, given?.Value, ct);
        await audit.CommitAsync(db, by, AuditActions.SettingChanged, $"{setting.Key} = {given?.Value ?? "(reset)"}", ct);
        await after.RunAsync(stored.ChangedAsync);
        return await FindAsync(setting.Key, ct);
    }

    private async Task SaveAsync(Guid by, RuntimeSetting setting, string? value, CancellationToken ct)
    {
        if (value is null)
        {
            await db.StoredSettings.Where(s => s.Key == setting.Key).ExecuteDeleteAsync(ct);
            return;
        }

        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into stored_settings (key, value, changed_by, changed_at) values ({setting.Key}, {value}, {by}, {now})
            on conflict (key) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """,
            ct
        );
    }

    private SettingOrigin OriginOf(string key)
    {
        var provider = ((IConfigurationRoot)configuration).Providers.LastOrDefault(one => one.TryGet(key, out _));
        return provider switch
        {
            null => SettingOrigin.Default,
            StoredSettingsSource => SettingOrigin.Page,
            EnvironmentVariablesConfigurationProvider => SettingOrigin.Environment,
            CommandLineConfigurationProvider => SettingOrigin.CommandLine,
            _ => SettingOrigin.File,
        };
    }
}
