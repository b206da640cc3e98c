namespace Republic.Core.PersonalModels;

/// <summary>Settings below <c>PersonalModels</c>. Sizes are in bytes.</summary>
public sealed class PersonalModelOptions
{
    public const string Section = "PersonalModels";
    private const long Gigabyte = 1_000_000_000;

    /// <summary>The disk space that all models of one person may take.</summary>
    public long QuotaBytes { get; set; } = 100 * Gigabyte;

    /// <summary>The largest model file.</summary>
    public long MaxFileBytes { get; set; } = 200 * Gigabyte;

    /// <summary>The number of models that one node installs at a time.</summary>
    public int AtOnce { get; set; } = 3;

    /// <summary>Downloads of one person at a time, so that a slow source does not keep others waiting.</summary>
    public int PerPerson { get; set; } = 2;
}
