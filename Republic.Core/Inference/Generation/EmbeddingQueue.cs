using System.Collections.Concurrent;

namespace Republic.Core.Inference.Generation;

/// <summary>
/// Texts that wait for their vectors. A question, for whose vector somebody waits, goes before the passages of a document; passages leave most
/// of the processor's time to answers that are being written.
/// </summary>
internal sealed class EmbeddingQueue(TimeProvider time)
{
    /// <summary>Time that answers have after a text of a long list, as a multiple of what the text took.</summary>
    private const int Rest = 4;
    private readonly ConcurrentQueue<EmbeddingJob> questions = new();
    private readonly ConcurrentQueue<EmbeddingJob> passages = new();
    private long restUntil;

    public int Count => questions.Count + passages.Count;

    public void Add(EmbeddingJob job) => (job.IsOfLongList ? passages : questions).Enqueue(job);

    /// <param name="besideAnswers">Answers are being written at the moment.</param>
    /// <returns>Null where nothing waits, or what waits yields to answers.</returns>
    public EmbeddingJob? Next(bool besideAnswers) =>
        questions.TryDequeue(out var job) ? job
        : (!besideAnswers || time.GetTimestamp() >= restUntil) && passages.TryDequeue(out job) ? job
        : null;

    /// <param name="started">Timestamp of the clock, from before it was computed.</param>
    public void Computed(EmbeddingJob job, long started)
    {
        if (job.IsOfLongList)
        {
            var now = time.GetTimestamp();
            restUntil = now + (Rest * (now - started));
        }
    }
}
