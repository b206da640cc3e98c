namespace Republic.Core.Knowledge.Vectors;

/// <summary>Work in parts, which processors that have nothing else to do join. Nobody waits for one to come.</summary>
internal sealed class IdleProcessors : IThreadPoolWorkItem
{
    /// <summary>It takes some microseconds until another thread helps: it is not asked for fewer parts than this.</summary>
    private const int WorthHelp = 4;

    private static int underWay;

    private readonly int parts;
    private readonly Action<int> work;
    private int taken;
    private int helping;
    private Exception? failure;

    private IdleProcessors(int parts, Action<int> work) => (this.parts, this.work) = (parts, work);

    /// <summary>Done once for each part, on this and other threads, in any order.</summary>
    public static void Share(int parts, Action<int> work)
    {
        var shared = new IdleProcessors(parts, work);
        var idle = Environment.ProcessorCount - Interlocked.Increment(ref underWay);
        try
        {
            for (var helpers = Math.Min(idle, (parts / WorthHelp) - 1); helpers > 0; helpers--)
            {
                ThreadPool.UnsafeQueueUserWorkItem(shared, preferLocal: false);
            }

            shared.Work();
        }
        finally
        {
            // Who comes now finds nothing left, also where a part has failed and others were not begun.
            Volatile.Write(ref shared.taken, parts);
            for (var patience = default(SpinWait); Volatile.Read(ref shared.helping) > 0; )
            {
                patience.SpinOnce(sleep1Threshold: -1);
            }

            Interlocked.Decrement(ref underWay);
        }

        if (shared.failure is not null)
        {
            throw new InvalidOperationException("A part of the work failed.", shared.failure);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Increment(ref helping);
        try
        {
            Work();
        }
        catch (Exception e)
        {
            // Nobody above this would hear of it.
            failure = e;
        }
        finally
        {
            Interlocked.Decrement(ref helping);
        }
    }

    private void Work()
    {
        for (var part = Interlocked.Increment(ref taken) - 1; part < parts; part = Interlocked.Increment(ref taken) - 1)
        {
            work(part);
        }
    }
}
