namespace Republic.Core.PersonalModels;

/// <summary>Settings below <c>PersonalModels</c>. Sizes are in bytes.</summary>
public sealed class PersonalModelOptions
{
    public const string Section = "PersonalModels";
    private const long Gigabyte = 1_000_000_000;

    /// <summary>What all models of one person may take on the disk.</summary>
    public long QuotaBytes { get; set; } = 100 * Gigabyte;

    /// <summary>The largest file that is taken.</summary>
    public long MaxFileBytes { get; set; } = 200 * Gigabyte;

    /// <summary>How many files are downloaded at a time on one node.</summary>
    public int AtOnce { get; set; } = 3;

    /// <summary>How many of these are one person's, so that a slow source does not keep others waiting.</summary>
    public int PerPerson { get; set; } = 2;
}
