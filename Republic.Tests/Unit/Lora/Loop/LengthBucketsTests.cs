using Republic.Core;
using Republic.Core.Lora.Loop;

namespace Republic.Tests.Unit.Lora.Loop;

public sealed class LengthBucketsTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 1000).Select(i => 10 + (i * 7919 % 490))];

    [Fact]
    public void Every_row_comes_once_and_no_batch_has_too_many()
    {
        var buckets = new LengthBuckets(8);

        var batches = buckets.Batches(Lengths, new SeededRandom(1));

        Assert.Equal(Enumerable.Range(0, Lengths.Length), batches.SelectMany(batch => batch).Order());
        Assert.All(batches, batch => Assert.InRange(batch.Length, 1, 8));
    }

    [Fact]
    public void Rows_of_one_batch_are_of_similar_length_while_the_order_of_batches_is_not_sorted()
    {
        var buckets = new LengthBuckets(8);

        var batches = buckets.Batches(Lengths, new SeededRandom(1));

        var padded = batches.Sum(batch => batch.Length * batch.Max(row => buckets.Padded(Lengths[row])));
        Assert.InRange(padded, Lengths.Sum(), Lengths.Sum(buckets.Padded) * 1.05);
        var longest = batches.Select(batch => batch.Max(row => Lengths[row])).ToList();
        Assert.NotEqual(longest.Order(), longest);
    }

    [Fact]
    public void The_order_depends_on_the_seed_alone()
    {
        var buckets = new LengthBuckets(4);

        Assert.Equal(buckets.Batches(Lengths, new SeededRandom(5)), buckets.Batches(Lengths, new SeededRandom(5)));
        Assert.NotEqual(buckets.Batches(Lengths, new SeededRandom(5)), buckets.Batches(Lengths, new SeededRandom(6)));
    }
}
