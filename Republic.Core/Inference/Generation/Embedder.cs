using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Generation;

/// <summary>Computes embeddings with one model: one text a step, so that answers go on between the texts of a long list.</summary>
internal sealed class Embedder : IDecoder
{
    private readonly LlamaContext context;
    private readonly TokenBatch batch;
    private readonly EmbeddingQueue waiting = new(TimeProvider.System);
    private readonly DecodeLoop loop;

    public Embedder(LlamaModel model, ComputeThreads threads, int length, DecodeLoop loop)
    {
        this.loop = loop;
        context = new LlamaContext(model, new ContextShape(length, Sequences: 1, Batch: length, ForEmbeddings: true), threads);
        batch = new TokenBatch(length);
        loop.Add(this);
    }

    /// <summary>Marks the model's file as being computed with.</summary>
    public Func<IDisposable>? Working { get; init; }

    /// <summary>The most tokens of one text.</summary>
    public int ContextLength => batch.Capacity;

    public int Waiting => waiting.Count;

    public void Submit(EmbeddingJob job)
    {
        waiting.Add(job);
        loop.Wake();
    }

    public bool Step(bool besideAnswers)
    {
        if (waiting.Next(besideAnswers) is not { } job)
        {
            // What yields is asked for again: the answers may have ended.
            return waiting.Count > 0;
        }

        if (job.Ct.IsCancellationRequested)
        {
            job.Cancel();
            return true;
        }

        batch.Clear();
        for (var i = 0; i < job.Tokens.Length; i++)
        {
            batch.Add(job.Tokens[i], i, sequence: 0, logits: true);
        }

        var started = TimeProvider.System.GetTimestamp();
        try
        {
            using var working = Working?.Invoke();
            context.Forget(sequence: 0, from: 0);
            context.Decode(batch);
            job.Finish(context.Embedding(sequence: 0));
        }
        catch (Exception e) when (e is InvalidOperationException or DeviceMemoryException)
        {
            job.Fail(e);
        }

        waiting.Computed(job, started);
        return true;
    }

    public void Dispose()
    {
        while (waiting.Next(besideAnswers: false) is { } job)
        {
            job.Fail(new OperationCanceledException("The model was unloaded."));
        }

        batch.Dispose();
        context.Dispose();
    }
}
