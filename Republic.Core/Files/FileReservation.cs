namespace Republic.Core.Files;

/// <summary>The part of a person's quota that one upload in progress uses, until its file is saved or deleted.</summary>
/// <param name="used">The bytes of the person's saved files when the upload started.</param>
internal sealed class FileReservation(FileQuota quota, Guid owner, long used) : IDisposable
{
    private long reserved;

    /// <summary>Reserves so many more bytes.</summary>
    /// <returns>Null on success; else the failure to show.</returns>
    public Failure? Extend(long bytes)
    {
        if (!quota.TryReserve(owner, used, bytes))
        {
            return quota.OverQuota(used);
        }

        reserved += bytes;
        return null;
    }

    public void Dispose()
    {
        quota.Release(owner, reserved);
        reserved = 0;
    }
}
