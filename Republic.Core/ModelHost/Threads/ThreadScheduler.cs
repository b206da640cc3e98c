using Microsoft.Extensions.Options;

namespace Republic.Core.ModelHost.Threads;

/// <summary>The one place that gives out threads to compute with, to the child that answers and to the one that trains.</summary>
public sealed class ThreadScheduler(IOptions<ModelHostOptions> options)
{
    private readonly Lock gate = new();
    private int answering;
    private Action<int>? tellAnswers;
    private Action<int>? tellTraining;
    private ThreadShare? told;
    private int trainingWorth;

    /// <summary>All that may compute at once.</summary>
    internal int Threads { get; } = options.Value.Threads > 0 ? options.Value.Threads : ProcessorCores.ForModels();

    /// <param name="tell">Called with the number at once and whenever it changes.</param>
    internal void Answers(Action<int> tell) => Change(() => (tellAnswers, told) = (tell, null));

    /// <summary>An answer is being written until the result is disposed.</summary>
    internal IDisposable Answering()
    {
        Change(() => answering++);
        return new Ending(() => Change(() => answering--));
    }

    /// <summary>A run computes until the result is disposed; one at a time.</summary>
    /// <param name="worth">The most threads that it is worth.</param>
    /// <param name="tell">Called with the number at once and whenever it changes.</param>
    internal IDisposable Training(int worth, Action<int> tell)
    {
        Change(() => (tellTraining, trainingWorth, told) = (tell, worth, null));
        return new Ending(() => Change(() => (tellTraining, trainingWorth) = (null, 0)));
    }

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            var share = ThreadShare.Of(Threads, trainingWorth, answering > 0);
            if (share.Answers != told?.Answers)
            {
                tellAnswers?.Invoke(share.Answers);
            }

            if (share.Training != told?.Training)
            {
                tellTraining?.Invoke(share.Training);
            }

            told = share;
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
