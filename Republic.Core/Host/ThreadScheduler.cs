using Microsoft.Extensions.Options;

namespace Republic.Core.Host;

/// <summary>The one place that gives out threads to compute with, to the child that answers and to those that train and measure.</summary>
public sealed class ThreadScheduler(IOptions<ModelHostOptions> options)
{
    private readonly Lock gate = new();
    private readonly List<Worker> beside = [];
    private int answering;
    private Action<int>? tellAnswers;
    private int? toldAnswers;

    /// <summary>All that may compute at once.</summary>
    internal int Threads { get; } = options.Value.Threads > 0 ? options.Value.Threads : ProcessorCores.ForModels();

    /// <summary>True while a training run or a measurement computes.</summary>
    internal bool IsShared
    {
        get
        {
            lock (gate)
            {
                return beside.Count > 0;
            }
        }
    }

    /// <param name="tell">Called with the number at once and whenever it changes.</param>
    internal void Answers(Action<int> tell) => Change(() => (tellAnswers, toldAnswers) = (tell, null));

    /// <summary>An answer is being written until the result is disposed.</summary>
    internal IDisposable Answering()
    {
        Change(() => answering++);
        return new Ending(() => Change(() => answering--));
    }

    /// <summary>A training run or a measurement computes until the result is disposed; where there are both, they share.</summary>
    /// <param name="worth">The most threads that it is worth.</param>
    /// <param name="tell">Called with the number at once and whenever it changes.</param>
    internal IDisposable Beside(int worth, Action<int> tell)
    {
        var worker = new Worker(worth, tell);
        Change(() => beside.Add(worker));
        return new Ending(() => Change(() => beside.Remove(worker)));
    }

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            var share = ThreadShare.Of(Threads, beside.Sum(worker => worker.Worth), answering > 0);
            if (share.Answers != toldAnswers)
            {
                tellAnswers?.Invoke(share.Answers);
                toldAnswers = share.Answers;
            }

            foreach (var worker in beside)
            {
                worker.Use(Math.Max(1, share.Training / beside.Count));
            }
        }
    }

    private sealed class Worker(int worth, Action<int> tell)
    {
        private int told;

        public int Worth => worth;

        public void Use(int threads)
        {
            var count = Math.Min(threads, worth);
            if (count != told)
            {
                told = count;
                tell(count);
            }
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                end();
            }
        }
    }
}
