using Republic.Core.Inference.Generation;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Inference;

public sealed class EmbeddingQueueTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void A_question_goes_before_the_passages_of_a_document()
    {
        var queue = new EmbeddingQueue(time);
        var (first, second, question) = (Passage(), Passage(), Question());
        queue.Add(first);
        queue.Add(second);
        queue.Add(question);

        Assert.Equal(3, queue.Count);
        Assert.Same(question, queue.Next(besideAnswers: true));
        Assert.Same(first, queue.Next(besideAnswers: false));
        Assert.Same(second, queue.Next(besideAnswers: false));
        Assert.Null(queue.Next(besideAnswers: false));
    }

    [Fact]
    public void Beside_answers_passages_wait_four_times_as_long_as_one_took()
    {
        var queue = new EmbeddingQueue(time);
        var (first, second, third) = (Passage(), Passage(), Passage());
        queue.Add(first);
        queue.Add(second);
        queue.Add(third);
        Compute(queue, queue.Next(besideAnswers: true)!, TimeSpan.FromMilliseconds(50));

        Assert.Null(queue.Next(besideAnswers: true));
        time.Pass(TimeSpan.FromMilliseconds(199));
        Assert.Null(queue.Next(besideAnswers: true));
        time.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Same(second, queue.Next(besideAnswers: true));
        Compute(queue, second, TimeSpan.FromSeconds(1));
        // The answers have ended.
        Assert.Same(third, queue.Next(besideAnswers: false));
    }

    [Fact]
    public void Questions_wait_for_nothing()
    {
        var queue = new EmbeddingQueue(time);
        queue.Add(Passage());
        Compute(queue, queue.Next(besideAnswers: true)!, TimeSpan.FromSeconds(1));
        var (one, other) = (Question(), Question());
        queue.Add(one);
        queue.Add(other);

        Assert.Same(one, queue.Next(besideAnswers: true));
        Compute(queue, one, TimeSpan.FromSeconds(1));
        Assert.Same(other, queue.Next(besideAnswers: true));
    }

    private void Compute(EmbeddingQueue queue, EmbeddingJob job, TimeSpan duration)
    {
        var started = time.GetTimestamp();
        time.Pass(duration);
        queue.Computed(job, started);
    }

    private static EmbeddingJob Passage() => new([1], IsOfLongList: true, CancellationToken.None);

    private static EmbeddingJob Question() => new([1], IsOfLongList: false, CancellationToken.None);
}
