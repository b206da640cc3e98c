namespace Republic.Core.Admin.Settings;

public enum SettingKind
{
    Choice,
    Number,

    /// <summary>A number of bytes; people may type "20 GB".</summary>
    Bytes,

    /// <summary>The address of a server, beginning with http:// or https://; or nothing.</summary>
    Address,
}
