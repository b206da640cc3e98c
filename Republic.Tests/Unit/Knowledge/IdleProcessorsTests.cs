using Republic.Core.Knowledge.Vectors;

namespace Republic.Tests.Unit.Knowledge;

public sealed class IdleProcessorsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public void Every_part_is_done_once_however_many_ask(int parts)
    {
        Parallel.For(
            0,
            40,
            _ =>
            {
                var done = new int[parts];
                IdleProcessors.Share(parts, part => Interlocked.Increment(ref done[part]));
                Assert.All(done, times => Assert.Equal(1, times));
            }
        );
    }

    [Fact]
    public void Whoever_asked_hears_of_a_part_that_fails()
    {
        for (var i = 0; i < 100; i++)
        {
            var failure = Assert.ThrowsAny<Exception>(() =>
                IdleProcessors.Share(64, part => throw new InvalidDataException($"Part {part}"))
            );

            Assert.IsType<InvalidDataException>(failure.InnerException ?? failure);
        }
    }

    [Fact]
    public async Task No_part_is_begun_after_one_that_failed_was_told()
    {
        for (var i = 0; i < 100; i++)
        {
            var begun = 0;
            Assert.ThrowsAny<Exception>(() =>
                IdleProcessors.Share(
                    64,
                    part =>
                    {
                        Interlocked.Increment(ref begun);
                        throw new InvalidDataException($"Part {part}");
                    }
                )
            );
            var told = Volatile.Read(ref begun);

            await Task.Yield();
            Assert.Equal(told, Volatile.Read(ref begun));
        }
    }
}
