namespace Republic.Core.Jobs;

/// <summary>
/// How many jobs of each kind this node works on: kinds that last for hours must not take all the room there is. And who has the
/// things that a node has one of, for as long as they are needed.
/// </summary>
internal sealed class JobSlots(IEnumerable<JobKind> kinds) : IDisposable
{
    private readonly Dictionary<string, int> left = kinds.ToDictionary(kind => kind.Name, kind => kind.AtOnce);
    private readonly Dictionary<string, Job> taken = [];
    private readonly SemaphoreSlim door = new(1, 1);

    /// <summary>Kinds that this node has no room for just now, and things that are taken.</summary>
    public string[] Full
    {
        get
        {
            lock (left)
            {
                return [.. left.Where(kind => kind.Value <= 0).Select(kind => kind.Key), .. taken.Keys];
            }
        }
    }

    /// <summary>How many of each kind this node works on.</summary>
    public IReadOnlyDictionary<string, int> Running()
    {
        lock (left)
        {
            return kinds.ToDictionary(kind => kind.Name, kind => kind.AtOnce - left[kind.Name]);
        }
    }

    /// <param name="begin">Takes a job that needs none of those given; null when there is none.</param>
    public async Task<Job?> EnterAsync(Func<string[], Task<Job?>> begin, CancellationToken ct)
    {
        await door.WaitAsync(ct);
        try
        {
            var job = await begin(Full);
            if (job is not null)
            {
                Change(job, -1);
                // It is what the job has waited for, so nobody else takes it before the work gets there.
                _ = job.WaitsFor is not { } what || TryTake(what, job);
            }

            return job;
        }
        finally
        {
            door.Release();
        }
    }

    public void Leave(Job job)
    {
        GiveBack(job);
        Change(job, 1);
    }

    /// <returns>Whether the job has it now, or had it already.</returns>
    public bool TryTake(string what, Job job)
    {
        lock (left)
        {
            return taken.TryAdd(what, job) || taken[what] == job;
        }
    }

    public void GiveBack(Job job)
    {
        lock (left)
        {
            foreach (var (what, _) in taken.Where(one => one.Value == job).ToList())
            {
                taken.Remove(what);
            }
        }
    }

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
