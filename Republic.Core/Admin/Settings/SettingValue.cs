using System.Globalization;

namespace Republic.Core.Admin.Settings;

/// <summary>Reads what was typed for a setting.</summary>
internal static class SettingValue
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("TB", 1L << 40),
        ("GB", 1L << 30),
        ("MB", 1L << 20),
        ("KB", 1L << 10),
        ("B", 1),
    ];

    /// <returns>The value as it stands in the configuration.</returns>
    public static Outcome<string> Read(RuntimeSetting setting, string typed)
    {
        var text = typed.Trim();
        if (setting.Kind == SettingKind.Choice)
        {
            return setting.Choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } chosen
                ? chosen
                : Failure.Invalid("value", $"{setting.Name} is one of {string.Join(", ", setting.Choices)}.");
        }

        if (setting.Kind == SettingKind.Address)
        {
            return Address(setting, text);
        }

        var number = setting.Kind == SettingKind.Bytes ? Bytes(text) : Whole(text);
        if (number is not { } value || value < setting.Least || value > setting.Most)
        {
            return Failure.Invalid(
                "value",
                setting.Kind == SettingKind.Bytes
                    ? $"{setting.Name} takes a size from {ByteSize.Of(setting.Least)} to {ByteSize.Of(setting.Most)}, such as 20 GB."
                    : $"{setting.Name} takes a whole number from {setting.Least} to {setting.Most}."
            );
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static Outcome<string> Address(RuntimeSetting setting, string text) =>
        text.Length == 0
        || (
            text.Length <= setting.Most
            && Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url is { UserInfo: "", Query: "", Fragment: "" }
        )
            ? text
            : Failure.Invalid(
                "value",
                $"{setting.Name} takes an address that begins with http:// or https://, has no user name, ? or # in it, and at most {setting.Most} characters; or nothing."
            );

    private static long? Bytes(string text)
    {
        var unit = Units.FirstOrDefault(one => text.EndsWith(one.Unit, StringComparison.OrdinalIgnoreCase));
        var number = unit.Unit is null ? text : text[..^unit.Unit.Length].Trim();
        return
            decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && (unit.Unit is null ? 1 : unit.Bytes) is var bytes
            && value <= long.MaxValue / bytes
            ? (long)(value * bytes)
            : null;
    }

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
