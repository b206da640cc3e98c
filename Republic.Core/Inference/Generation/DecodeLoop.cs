using System.Collections.Concurrent;

namespace Republic.Core.Inference.Generation;

/// <summary>
/// The only thread that computes. Every model gets a step in turn: ggml's threads spin at barriers, and two graphs
/// computed at once on the same cores take ten times as long as one after the other.
/// </summary>
internal sealed class DecodeLoop : IDisposable
{
    private readonly AutoResetEvent woken = new(initialState: false);
    private readonly ConcurrentQueue<Action> changes = new();
    private readonly List<IDecoder> decoders = [];
    private readonly Thread thread;
    private volatile bool stopping;

    public DecodeLoop()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "decode" };
        thread.Start();
    }

    public void Add(IDecoder decoder) => Change(() => decoders.Add(decoder));

    /// <summary>Takes the decoder out between two steps and frees it; then calls back.</summary>
    public void Remove(IDecoder decoder) =>
        Change(() =>
        {
            decoders.Remove(decoder);
            decoder.Dispose();
        });

    /// <summary>To be called when a decoder has got something to do.</summary>
    public void Wake() => woken.Set();

    public void Dispose()
    {
        stopping = true;
        woken.Set();
        thread.Join();
        woken.Dispose();
    }

    private void Change(Action change)
    {
        changes.Enqueue(change);
        woken.Set();
    }

    private void Run()
    {
        var writing = false;
        while (!stopping)
        {
            while (changes.TryDequeue(out var change))
            {
                change();
            }

            var (worked, wrote) = (false, false);
            foreach (var decoder in decoders)
            {
                var did = decoder.Step(writing);
                worked |= did;
                wrote |= did && decoder is Generator;
            }

            writing = wrote;

            if (!worked && changes.IsEmpty)
            {
                woken.WaitOne();
            }
        }

        decoders.ForEach(decoder => decoder.Dispose());
    }
}
