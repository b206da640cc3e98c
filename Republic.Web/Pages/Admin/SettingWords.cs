using System.Globalization;
using Republic.Core;
using Republic.Core.Admin.Settings;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Admin;

/// <summary>A setting in words.</summary>
internal static class SettingWords
{
    /// <summary>Where its value comes from, as in "set by the command line".</summary>
    public static string Of(SettingState state, LocalTime time) =>
        state.Origin switch
        {
            SettingOrigin.Environment => $"the environment variable {state.Setting.Key.Replace(":", "__")}",
            SettingOrigin.CommandLine => "the command line",
            SettingOrigin.Page when state is { ChangedBy: { } by, ChangedAt: { } at } => $"{by}, {time.Moment(at)}",
            SettingOrigin.Page when state.ChangedAt is { } at => $"this page, {time.Moment(at)}",
            SettingOrigin.Page => "this page",
            SettingOrigin.File => "appsettings.json",
            _ => "the default",
        };

    /// <summary>Its value as people read it.</summary>
    public static string Value(SettingState state) => Bytes(state) is { } bytes ? ByteSize.Of(bytes) : state.Value;

    /// <summary>Of a size; null for any other setting.</summary>
    public static long? Bytes(SettingState state) =>
        state.Setting.Kind == SettingKind.Bytes
        && long.TryParse(state.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : null;
}
