using System.Globalization;
using System.Text.Json;

namespace Republic.Core.Events;

/// <summary>
/// What is happening to each person's things, for streams to pages and clients. On the node where it happens an event
/// reaches its readers without touching the database; the other nodes hear of it a few milliseconds later.
/// </summary>
public sealed class LiveEvents
{
    private const string NoticeTopic = "live";
    private static readonly TimeSpan Forget = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, LiveTopic> topics = [];
    private readonly NodeNotices notices;
    private readonly TimeProvider time;

    // Ids of another process must not be taken for ours: a reader that brings one starts afresh.
    private readonly string epoch = Guid.CreateVersion7().ToString("N")[^8..];
    private long lastId;
    private long lastSweep;

    public LiveEvents(NodeNotices notices, TimeProvider time)
    {
        (this.notices, this.time) = (notices, time);
        lastSweep = time.GetTimestamp();
        notices.OnNotice(NoticeTopic, Receive);
        notices.OnListening(MissSome);
    }

    /// <summary>How many subscriptions there are at this node.</summary>
    public int Readers
    {
        get
        {
            lock (gate)
            {
                return topics.Values.Sum(topic => topic.Readers);
            }
        }
    }

    public void Publish(Guid person, LiveEvent @event)
    {
        Append(person, @event);
        var body = JsonSerializer.Serialize(new Wire(person, @event));
        if (body.Length * 3 > NodeNotices.MaxBytes && System.Text.Encoding.UTF8.GetByteCount(body) > NodeNotices.MaxBytes)
        {
            body = JsonSerializer.Serialize(new Wire(person, @event with { Data = null }));
        }

        notices.Send(NoticeTopic, body);
    }

    /// <param name="after">The id of the last event already seen, or null to begin now. When it is too old the first batch says so.</param>
    public LiveSubscription Subscribe(Guid person, string? after = null)
    {
        lock (gate)
        {
            var topic = Topic(person);
            topic.Readers++;
            var position = after is null ? topic.Last : PositionOf(after);
            return new LiveSubscription(topic, position, time, IdOf, () => Leave(topic));
        }
    }

    /// <summary>The id of now: a page that is read after it misses nothing when it subscribes from there.</summary>
    public string Position(Guid person)
    {
        lock (gate)
        {
            return IdOf(Topic(person).Last);
        }
    }

    /// <summary>While this node did not listen others may have told of something: readers fetch the present.</summary>
    private void MissSome()
    {
        lock (gate)
        {
            lastId++;
            foreach (var topic in topics.Values)
            {
                topic.Miss(lastId);
            }
        }
    }

    private void Receive(string body)
    {
        if (JsonSerializer.Deserialize<Wire>(body) is not { } wire)
        {
            return;
        }

        lock (gate)
        {
            if (topics.ContainsKey(wire.Person))
            {
                Append(wire.Person, wire.Event);
            }
            else
            {
                // Nobody reads that person's events here. The id moves on all the same, so that one who comes back knows.
                lastId++;
            }
        }
    }

    private void Append(Guid person, LiveEvent @event)
    {
        lock (gate)
        {
            var topic = Topic(person);
            topic.Append(++lastId, @event);
            topic.LastTouched = time.GetTimestamp();
            ForgetIdleTopics();
        }
    }

    private LiveTopic Topic(Guid person)
    {
        if (!topics.TryGetValue(person, out var topic))
        {
            topics[person] = topic = new LiveTopic(lastId) { LastTouched = time.GetTimestamp() };
        }

        return topic;
    }

    private void Leave(LiveTopic topic)
    {
        lock (gate)
        {
            topic.Readers--;
            topic.LastTouched = time.GetTimestamp();
        }
    }

    private void ForgetIdleTopics()
    {
        if (time.GetElapsedTime(lastSweep) < Forget)
        {
            return;
        }

        lastSweep = time.GetTimestamp();
        foreach (var (person, topic) in topics)
        {
            if (topic.Readers == 0 && time.GetElapsedTime(topic.LastTouched) > Forget)
            {
                topics.Remove(person);
            }
        }
    }

    private string IdOf(long position) => string.Create(CultureInfo.InvariantCulture, $"{epoch}-{position}");

    private long PositionOf(string id) =>
        id.Split('-') is [var from, var number]
        && from == epoch
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : -1;

    private sealed record Wire(Guid Person, LiveEvent Event);
}
