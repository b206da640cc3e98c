namespace Republic.Core.Jobs;

/// <summary>How many jobs of each kind this node works on. Kinds that last for hours must not take all the room there is.</summary>
internal sealed class JobRoom(IEnumerable<IJobWork> kinds) : IDisposable
{
    private readonly Dictionary<string, int> left = kinds.ToDictionary(kind => kind.Kind, kind => kind.AtOnce);
    private readonly SemaphoreSlim door = new(1, 1);

    /// <summary>Kinds that this node has no room for just now.</summary>
    public string[] Full
    {
        get
        {
            lock (left)
            {
                return [.. left.Where(kind => kind.Value <= 0).Select(kind => kind.Key)];
            }
        }
    }

    /// <param name="begin">Takes a job of any kind but those given; null when there is none.</param>
    public async Task<Job?> EnterAsync(Func<string[], Task<Job?>> begin, CancellationToken ct)
    {
        await door.WaitAsync(ct);
        try
        {
            var job = await begin(Full);
            if (job is not null)
            {
                Change(job, -1);
            }

            return job;
        }
        finally
        {
            door.Release();
        }
    }

    public void Leave(Job job) => Change(job, 1);

    public void Dispose() => door.Dispose();

    private void Change(Job job, int by)
    {
        lock (left)
        {
            if (left.ContainsKey(job.Kind))
            {
                left[job.Kind] += by;
            }
        }
    }
}
