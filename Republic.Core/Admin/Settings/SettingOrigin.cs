namespace Republic.Core.Admin.Settings;

/// <summary>Where the value of a setting comes from, the strongest last.</summary>
public enum SettingOrigin
{
    Default,
    File,
    Page,
    Environment,
    CommandLine,
}
