namespace Republic.Core.Archives.Importing.Reading;

/// <summary>How much an archive may be, so that a small one does not unpack to more than the machine has.</summary>
/// <param name="MaxEntries">Of the archive.</param>
/// <param name="MaxBytes">That all entries unpack to together.</param>
internal sealed record ArchiveLimits(int MaxEntries, long MaxBytes)
{
    /// <summary>The longest chat that is read.</summary>
    public const long MaxChat = 128L * 1024 * 1024;

    /// <summary>The longest of all other JSON. Some of it is any JSON at all, which takes many times as much memory.</summary>
    public const long MaxJson = 16L * 1024 * 1024;

    /// <summary>The longest line: a task with all that was said about it.</summary>
    public const int MaxLine = 16 * 1024 * 1024;

    /// <summary>The most lines of an entry that are looked at.</summary>
    public const int MostLines = 1_000_000;

    /// <summary>A name, a hash and a length.</summary>
    private const int MaxListed = 512;
    private const int MaxHead = 64 * 1024;

    /// <summary>What an archive may unpack to whatever its size, and the most that each of its bytes may unpack to beyond that.</summary>
    private const long FreeBytes = 64L * 1024 * 1024;
    private const int MostPerByte = 200;

    /// <summary>The longest list of so many entries.</summary>
    public static long MaxManifest(int entries) => MaxHead + (long)MaxListed * entries;

    /// <summary>Whether so many bytes may come of an archive.</summary>
    public bool Allows(long unpacked, long packed) => unpacked <= MaxBytes && unpacked <= FreeBytes + MostPerByte * packed;
}
