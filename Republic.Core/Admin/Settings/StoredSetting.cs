namespace Republic.Core.Admin.Settings;

/// <summary>A setting that a superuser changed while the server ran.</summary>
public sealed class StoredSetting
{
    /// <summary>Its name in the configuration, such as <c>Accounts:SignUp</c>.</summary>
    public required string Key { get; init; }

    public required string Value { get; set; }

    /// <summary>Null where that account is deleted.</summary>
    public Guid? ChangedBy { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }
}
