namespace Republic.Core.Files;

/// <summary>What a file that is under way takes of its person's quota, until it is kept, and the database counts it, or gone.</summary>
internal sealed class FileReservation(FileQuota quota, Guid owner, long used) : IDisposable
{
    private long taken;

    /// <summary>Null where there was room for so much more, which is taken now.</summary>
    public Failure? Take(long bytes)
    {
        if (!quota.TryTake(owner, used, bytes))
        {
            return quota.OverQuota(used);
        }

        taken += bytes;
        return null;
    }

    public void Dispose()
    {
        quota.GiveBack(owner, taken);
        taken = 0;
    }
}
