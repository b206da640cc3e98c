using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Core.Events;

/// <summary>
/// Short notices between the nodes on one database, over LISTEN/NOTIFY. One may get lost when a connection breaks,
/// so a notice only says where to look; whoever needs certainty reads the database.
/// </summary>
public sealed class NodeNotices(IDbContextFactory<RepublicDb> databases, TimeProvider time, ILogger<NodeNotices> log) : BackgroundService
{
    /// <summary>PostgreSQL takes less than 8,000 bytes; the rest is for the sender and the topic.</summary>
    public const int MaxBytes = 7_800;

    private const string PostgresChannel = "republic";
    private const int MostAtOnce = 10_000;

    // A token must never wait for the database, and a round trip for each would be many: what comes in this time goes together.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Deaf = TimeSpan.FromSeconds(10);

    private readonly string self = Guid.CreateVersion7().ToString("N");
    private readonly ConcurrentDictionary<string, Action<string>> receivers = new(StringComparer.Ordinal);
    private readonly Channel<string> outbox = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MostAtOnce) { FullMode = BoundedChannelFullMode.DropOldest }
    );
    private readonly List<string> leaving = [];
    private Action? listening;
    private volatile bool listens;
    private long heardAt;

    /// <summary>Whether this node would have heard a notice that another sent just now.</summary>
    public bool AreHeard => listens && time.GetElapsedTime(Volatile.Read(ref heardAt)) < Deaf;

    /// <summary>One receiver for each topic. It runs on the listening connection: be quick.</summary>
    public void OnNotice(string topic, Action<string> receive) => receivers[topic] = receive;

    /// <summary>For what is kept in memory and set right by notices: whenever this node begins to listen, what came before was missed.</summary>
    public void OnListening(Action forget) => listening += forget;

    public void Send(string topic, string body) => outbox.Writer.TryWrite($"{self}|{topic}|{body}");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(KeepOnAsync(ListenAsync, stoppingToken), KeepOnAsync(DeliverAsync, stoppingToken));

    private async Task KeepOnAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Notices between nodes pause, the database is away: {Reason}", e.Message);
                await Task.Delay(Retry, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task DeliverAsync(CancellationToken ct)
    {
        while (leaving.Count > 0 || await outbox.Reader.WaitToReadAsync(ct))
        {
            await Task.Delay(Gather, time, ct);
            while (leaving.Count < MostAtOnce && outbox.Reader.TryRead(out var notice))
            {
                leaving.Add(notice);
            }

            try
            {
                await using var db = await databases.CreateDbContextAsync(ct);
                await db.Database.ExecuteSqlAsync($"select pg_notify({PostgresChannel}, notice) from unnest({leaving}) as notice", ct);
                leaving.Clear();
            }
            catch (PostgresException e) when (!DatabaseFaults.IsTransient(e))
            {
                log.LogError("{Notices} notices to other nodes were refused by the database: {Reason}", leaving.Count, e.Message);
                leaving.Clear();
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        connection.Notification += (_, e) => Receive(e.Payload);
        await connection.OpenAsync(ct);
        await using var listen = new NpgsqlCommand($"listen {PostgresChannel}", connection);
        await listen.ExecuteNonQueryAsync(ct);
        listening?.Invoke();
        listens = true;
        try
        {
            while (true)
            {
                Volatile.Write(ref heardAt, time.GetTimestamp());
                if (!await connection.WaitAsync(Probe, ct))
                {
                    // A connection that died without a word is only noticed by using it.
                    await listen.ExecuteNonQueryAsync(ct);
                }
            }
        }
        finally
        {
            listens = false;
        }
    }

    private void Receive(string payload)
    {
        if (payload.Split('|', 3) is [var sender, var topic, var body] && sender != self && receivers.TryGetValue(topic, out var receive))
        {
            receive(body);
        }
    }
}
