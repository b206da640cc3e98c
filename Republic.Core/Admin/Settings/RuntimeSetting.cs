namespace Republic.Core.Admin.Settings;

/// <summary>A setting that can be changed while the server runs.</summary>
/// <param name="Key">Its name in the configuration.</param>
/// <param name="Name">For people.</param>
/// <param name="Meaning">A sentence for people.</param>
/// <param name="Default">The value where nothing sets it.</param>
/// <param name="Choices">Of a choice; else none.</param>
/// <param name="Least">Of a number or a size.</param>
/// <param name="Most">Of a number or a size; of an address, its characters.</param>
public sealed record RuntimeSetting(
    string Key,
    string Name,
    string Meaning,
    SettingKind Kind,
    string Default,
    IReadOnlyList<string> Choices,
    long Least = 0,
    long Most = long.MaxValue
);
