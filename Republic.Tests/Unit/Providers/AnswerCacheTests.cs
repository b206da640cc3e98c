using Microsoft.Extensions.Options;
using Republic.Core.Providers;
using Republic.Core.Providers.Caching;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Providers;

public sealed class AnswerCacheTests
{
    private const int Length = 100;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly Clock clock = new();

    [Fact]
    public void What_was_kept_is_found_until_its_time_is_over()
    {
        var cache = New(room: 2);
        Keep(cache, 1);

        clock.Pass(Hour - TimeSpan.FromSeconds(1));
        Assert.Equal(Length, cache.Find(Key(1))?.Body.Length);
        Assert.Null(cache.Find(Key(2)));
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Null(cache.Find(Key(1)));
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public void Looking_at_an_answer_does_not_make_it_younger()
    {
        var cache = New(room: 2);
        Keep(cache, 1);
        clock.Pass(Hour / 2);
        Assert.NotNull(cache.Find(Key(1)));
        clock.Pass(Hour / 2);
        Assert.Null(cache.Find(Key(1)));
    }

    [Fact]
    public void Those_that_were_not_asked_for_longest_go_first()
    {
        var cache = New(room: 3);
        Keep(cache, 1);
        Keep(cache, 2);
        Keep(cache, 3);
        cache.Find(Key(1));

        Keep(cache, 4);

        Assert.Equal([true, false, true, true], Enumerable.Range(1, 4).Select(n => cache.Find(Key(n)) is not null));
    }

    [Fact]
    public void A_look_whether_it_is_there_keeps_nothing_longer()
    {
        var cache = New(room: 2);
        Keep(cache, 1);
        Keep(cache, 2);

        Assert.Equal((true, false), (cache.Knows(Key(1)), cache.Knows(Key(3))));
        Keep(cache, 3);
        Assert.Equal((false, true), (cache.Knows(Key(1)), cache.Knows(Key(2))));
        clock.Pass(Hour);
        Assert.False(cache.Knows(Key(2)));
    }

    [Fact]
    public void All_together_never_take_more_than_their_room()
    {
        var cache = New(room: 3);
        for (var n = 0; n < 100; n++)
        {
            Keep(cache, n, 1 + (n * 37 % Length));
            Assert.InRange(cache.Bytes, 1, 3 * (Length + AnswerCache.Overhead));
        }
    }

    [Fact]
    public void A_later_answer_takes_the_place_of_an_earlier_one()
    {
        var cache = New(room: 3);
        Keep(cache, 1);
        Keep(cache, 1, 7);

        Assert.Equal(7, cache.Find(Key(1))?.Body.Length);
        Assert.Equal(7 + AnswerCache.Overhead, cache.Bytes);
    }

    [Fact]
    public void An_answer_that_is_too_long_is_not_kept_and_pushes_nobody_out()
    {
        var cache = New(room: 3);
        Keep(cache, 1);

        Keep(cache, 2, Length + 1);

        Assert.Null(cache.Find(Key(2)));
        Assert.NotNull(cache.Find(Key(1)));
    }

    [Fact]
    public void Without_room_it_is_off() => Assert.False(New(room: 0).IsOn);

    private AnswerCache New(int room) =>
        new(Options.Create(new AnswerCacheOptions { MaxBytes = room * (Length + AnswerCache.Overhead), MaxAnswerBytes = Length }), clock);

    private static void Keep(AnswerCache cache, int key, int length = Length) =>
        cache.Keep(Key(key), new CachedAnswer(ProviderCatalog.Embedded().Rows[0], "m", new byte[length]), Hour);

    private static AnswerKey Key(int number) => new((UInt128)number, 0);
}
