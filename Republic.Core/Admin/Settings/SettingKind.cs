namespace Republic.Core.Admin.Settings;

public enum SettingKind
{
    Choice,
    Number,

    /// <summary>A number of bytes; people may type "20 GB".</summary>
    Bytes,
}
