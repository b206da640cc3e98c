using System.Globalization;
using Republic.Core;
using Republic.Core.Admin.Settings;

namespace Republic.Web.Pages.Admin;

/// <summary>A setting in words.</summary>
internal static class SettingWords
{
    /// <summary>Where its value comes from, as in "set by the command line".</summary>
    public static string Of(SettingState state) =>
        state.Origin switch
        {
            SettingOrigin.Environment => $"the environment variable {state.Setting.Key.Replace(":", "__")}",
            SettingOrigin.CommandLine => "the command line",
            SettingOrigin.Page when state.ChangedBy is { } by => $"{by} on {Day(state)}",
            SettingOrigin.Page => $"this page on {Day(state)}",
            SettingOrigin.File => "appsettings.json",
            _ => "the default",
        };

    /// <summary>Its value as people read it.</summary>
    public static string Value(SettingState state) =>
        state.Setting.Kind == SettingKind.Bytes
        && long.TryParse(state.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? ByteSize.Of(bytes)
            : state.Value;

    private static string Day(SettingState state) => state.ChangedAt?.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? "";
}
