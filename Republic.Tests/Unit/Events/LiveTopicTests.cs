using Republic.Core.Events;

namespace Republic.Tests.Unit.Events;

public sealed class LiveTopicTests
{
    [Fact]
    public void A_reader_gets_everything_after_its_position_once()
    {
        var topic = new LiveTopic(10);
        topic.Append(11, Event("a"));
        topic.Append(13, Event("b"));
        Assert.Equal(["a", "b"], Names(topic.After(10)));
        Assert.Equal(["b"], Names(topic.After(11)));
        Assert.Empty(Names(topic.After(13)));
    }

    [Fact]
    public void A_reader_from_before_the_ring_or_from_the_future_is_told_that_it_missed_something()
    {
        var topic = new LiveTopic(10);
        topic.Append(11, Event("a"));
        Assert.True(topic.After(9).Missed);
        Assert.True(topic.After(-1).Missed);
        Assert.True(topic.After(12).Missed);
        Assert.False(topic.After(10).Missed);
    }

    [Fact]
    public void A_slow_reader_is_told_instead_of_being_buffered_for()
    {
        var topic = new LiveTopic(0);
        for (var i = 1; i <= 5_000; i++)
        {
            topic.Append(i, Event("e"));
        }

        var (events, missed, _) = topic.After(0);
        Assert.True(missed);
        Assert.Empty(events);
        Assert.False(topic.After(topic.Last - 1000).Missed);
        Assert.Equal(1000, topic.After(topic.Last - 1000).Events.Count);
    }

    [Fact]
    public async Task A_waiting_reader_wakes_when_something_comes()
    {
        var topic = new LiveTopic(0);
        var next = topic.After(0).Next;
        Assert.False(next.IsCompleted);
        topic.Append(1, Event("a"));
        await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(["a"], Names(topic.After(0)));
    }

    private static LiveEvent Event(string name) => new(name, Guid.Empty, null);

    private static IEnumerable<string> Names((List<(long Id, LiveEvent Event)> Events, bool Missed, Task Next) read) =>
        read.Events.Select(e => e.Event.Name);
}
