using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the clocks of this machine, of the database and of other nodes are in step.</summary>
internal sealed class ClockExamination(IDbContextFactory<RepublicDb> databases, IOptions<JobOptions> options, TimeProvider time)
    : IExamination
{
    private const string Clocks = "clocks";
    private const string Advice = "Have the machines set their clocks by the same servers (NTP), as systemd-timesyncd or chrony do.";

    /// <summary>Beyond it sessions, links and locks end at the wrong time too.</summary>
    private static readonly TimeSpan FarOff = TimeSpan.FromSeconds(30);

    private readonly NodeClock clock = new(databases, options, time);

    public string Check => Clocks;

    public bool NeedsTables => true;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        var skew = await clock.SkewAsync(ct);
        return [Of(skew, options.Value.ClockTolerance), .. OfNodes(await AheadAsync(time.GetUtcNow() - skew, ct))];
    }

    /// <param name="skew">Positive where this machine is ahead of the database.</param>
    /// <param name="tolerance">Beyond it this node takes no jobs.</param>
    internal static Finding Of(TimeSpan skew, TimeSpan tolerance)
    {
        var off = skew.Duration();
        var figure = string.Create(
            CultureInfo.InvariantCulture,
            $"{off.TotalSeconds:0.0} s {(skew > TimeSpan.Zero ? "ahead of" : "behind")} that of the database"
        );
        return off > FarOff
                ? Finding.Trouble(Clocks, $"The clock of this machine is {figure}: times are wrong, and no jobs are taken.", Advice)
            : off > tolerance ? Finding.Warning(Clocks, $"The clock of this machine is {figure}, so that this node takes no jobs.", Advice)
            : Finding.Good(Clocks, "The clocks of this machine and of the database are in step.");
    }

    private static IEnumerable<Finding> OfNodes(IReadOnlyList<string> ahead)
    {
        if (ahead.Count > 0)
        {
            yield return Finding.Warning(Clocks, $"The clock of {NameList.Of(ahead)} is ahead of that of the database.", Advice);
        }
    }

    /// <summary>Nodes that signed in at a time that has not come yet. One whose clock is behind cannot be told from one that is gone.</summary>
    private async Task<IReadOnlyList<string>> AheadAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // The queue makes its tables when it first runs.
        var isThere = await db
            .Database.SqlQuery<bool>($"""select to_regclass('quartz_scheduler_state') is not null as "Value" """)
            .SingleAsync(ct);
        if (!isThere)
        {
            return [];
        }

        // Quartz writes .NET's ticks.
        var latest = (now + options.Value.ClockTolerance).UtcTicks;
        return await db
            .Database.SqlQuery<string>(
                $"""select instance_name as "Value" from quartz_scheduler_state where last_checkin_time > {latest}"""
            )
            .ToListAsync(ct);
    }
}
