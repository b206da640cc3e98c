namespace Republic.Core.Inference.Generation;

/// <summary>Answers that wait for a slot, in their order. Any thread adds, one takes.</summary>
internal sealed class GenerationQueue(int most)
{
    private readonly List<GenerationJob> waiting = [];

    public int Count
    {
        get
        {
            lock (waiting)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>False when it is full.</summary>
    public bool TryAdd(GenerationJob job)
    {
        lock (waiting)
        {
            if (waiting.Count >= most)
            {
                return false;
            }

            waiting.Add(job);
            return true;
        }
    }

    /// <summary>The first that is still wanted; null where none is.</summary>
    public GenerationJob? Take()
    {
        lock (waiting)
        {
            waiting.RemoveAll(job => job.Ct.IsCancellationRequested);
            var next = waiting.FirstOrDefault();
            waiting.Remove(next!);
            return next;
        }
    }

    public void FailAll(Exception reason)
    {
        lock (waiting)
        {
            waiting.ForEach(job => job.Fail(reason));
            waiting.Clear();
        }
    }
}
