using Republic.Core.Doctor;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Doctor;

public sealed class ExaminerTests
{
    private static readonly Installation WithoutDatabase = new() { IsEmbedded = true };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Findings_are_in_the_order_of_the_examinations_and_the_same_one_is_there_once()
    {
        var report = await Examine(TimeProvider.System, Good("first"), Good("second"), Good("second"), Good("third"));

        Assert.Equal(["first", "second", "third"], report.Findings.Select(finding => finding.Check));
        Assert.NotEmpty(report.Version);
    }

    [Fact]
    public async Task An_examination_that_throws_is_a_trouble_with_the_first_line_of_its_error_and_the_others_go_on()
    {
        var failing = new Planned("disk", _ => throw new IOException("The disk is on fire\nat Disk.Read()"));

        var report = await Examine(TimeProvider.System, failing, Good("key"));

        var trouble = report.Findings[0];
        Assert.Equal(("disk", FindingLevel.Trouble), (trouble.Check, trouble.Level));
        Assert.Equal("It could not be examined: The disk is on fire.", trouble.Summary);
        Assert.NotNull(trouble.Advice);
        Assert.Equal(FindingLevel.Good, report.Findings[1].Level);
    }

    [Fact]
    public async Task An_examination_that_never_ends_is_given_up_after_its_time_whether_or_not_it_heeds_its_token()
    {
        var time = new ManualTime();
        using var begun = new CountdownEvent(2);
        var deaf = new TaskCompletionSource<IReadOnlyList<Finding>>();
        var examining = Examine(
            time,
            new Planned("deaf", _ => Begin(deaf.Task)),
            new Planned("patient", async ct => await Begin(WaitAsync(ct))),
            Good("quick")
        );
        await Until.TrueAsync(() => begun.IsSet);

        time.Pass(Examiner.Limit - TimeSpan.FromSeconds(1));
        Assert.False(examining.IsCompleted);
        time.Pass(TimeSpan.FromSeconds(1));
        var report = await examining;

        Assert.Equal([FindingLevel.Trouble, FindingLevel.Trouble, FindingLevel.Good], report.Findings.Select(finding => finding.Level));
        Assert.Contains("did not end within 10 seconds", report.Findings[0].Summary, StringComparison.Ordinal);

        Task<IReadOnlyList<Finding>> Begin(Task<IReadOnlyList<Finding>> work)
        {
            begun.Signal();
            return work;
        }

        static async Task<IReadOnlyList<Finding>> WaitAsync(CancellationToken ct)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return [];
        }
    }

    [Fact]
    public async Task What_needs_tables_is_left_out_with_a_warning_where_there_are_none()
    {
        var asked = false;
        var needing = new Planned(
            "jobs",
            _ =>
            {
                asked = true;
                return Task.FromResult<IReadOnlyList<Finding>>([]);
            }
        )
        {
            NeedsTables = true,
        };

        var report = await Examine(TimeProvider.System, needing);

        Assert.False(asked);
        Assert.Equal(("jobs", FindingLevel.Warning), (report.Findings[0].Check, report.Findings[0].Level));
    }

    [Fact]
    public async Task Whoever_stops_it_gets_no_report()
    {
        using var stop = new CancellationTokenSource();
        var examining = new Examiner(
            [new Planned("endless", _ => new TaskCompletionSource<IReadOnlyList<Finding>>().Task)],
            new DatabaseReader(WithoutDatabase, null!),
            TimeProvider.System
        ).ExamineAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => examining);
    }

    [Theory]
    [InlineData("a,b", "", DatabaseCondition.Empty, "")]
    [InlineData("a,b", "a", DatabaseCondition.Behind, "b")]
    [InlineData("a,b", "a,b", DatabaseCondition.Ready, "")]
    [InlineData("a,b", "a,b,c", DatabaseCondition.Later, "c")]
    [InlineData("a,b", "a,c", DatabaseCondition.Later, "c")]
    public void The_state_of_the_database_follows_from_its_migrations(
        string known,
        string applied,
        DatabaseCondition condition,
        string detail
    )
    {
        var state = DatabaseReader.Of(known.Split(','), applied.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(new DatabaseState(condition, detail), state);
    }

    private static Task<DoctorReport> Examine(TimeProvider time, params IExamination[] examinations) =>
        new Examiner(examinations, new DatabaseReader(WithoutDatabase, null!), time).ExamineAsync(Ct);

    private static Planned Good(string check) =>
        new(check, _ => Task.FromResult<IReadOnlyList<Finding>>([new Finding(check, FindingLevel.Good, "It is well.", null)]));

    private sealed class Planned(string check, Func<CancellationToken, Task<IReadOnlyList<Finding>>> examine) : IExamination
    {
        public string Check => check;

        public bool NeedsTables { get; init; }

        public Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct) => examine(ct);
    }
}
