namespace Republic.Core.Admin.Settings;

/// <summary>A setting as it is now.</summary>
/// <param name="Value">As it stands in the configuration.</param>
/// <param name="ChangedBy">The name of the superuser who stored it; null for other origins, and where that account is deleted.</param>
public sealed record SettingState(RuntimeSetting Setting, string Value, SettingOrigin Origin, string? ChangedBy, DateTimeOffset? ChangedAt)
{
    /// <summary>What is set where the server was started cannot be changed from a page.</summary>
    public bool CanBeChanged => Origin < SettingOrigin.Environment;
}
