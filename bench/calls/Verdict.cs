using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Republic.Bench;

/// <summary>Holds the rows of calls and answers against the calls that the tool server got.</summary>
internal sealed class Verdict
{
    private const string AllCalls = """
        select c.arguments, c.status, c.reason, m.state from tool_calls c join messages m on m.id = c.message_id order by c.id
        """;

    /// <summary>A call that was cut off is known to be so after some minutes, which nobody has to wait for here.</summary>
    private const string AsIfMinutesPassed = "update tool_calls set began_at = began_at - interval '1 hour' where status = 'Running'";

    private const string Running = "select id from tool_calls where status = 'Running'";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<string> violations = [];

    public int Calls { get; private set; }

    public int Never { get; private set; }

    public int Once { get; private set; }

    public int Twice { get; private set; }

    public int Completed { get; private set; }

    public int UnknownMade { get; private set; }

    public int UnknownNot { get; private set; }

    public int Expired { get; private set; }

    public int Complete { get; private set; }

    public int Interrupted { get; private set; }

    public IReadOnlyList<string> Violations => violations;

    /// <param name="made">How often the tool server was called with each number.</param>
    public static async Task<Verdict> ReadAsync(Site site, ConcurrentDictionary<int, int> made)
    {
        await site.ExecuteAsync(AsIfMinutesPassed);
        var begun = TimeProvider.System.GetTimestamp();
        while ((await site.RowsAsync(Running)).Count > 0 && TimeProvider.System.GetElapsedTime(begun) < Patience)
        {
            await Task.Delay(500);
        }

        var verdict = new Verdict();
        foreach (var row in await site.RowsAsync(AllCalls))
        {
            var arguments = JsonElement.Parse(row.GetProperty("arguments").GetString()!);
            var number = int.Parse(arguments.GetProperty("text").GetString()!, CultureInfo.InvariantCulture);
            verdict.Judge(number, row, made.GetValueOrDefault(number));
        }

        return verdict;
    }

    private void Judge(int number, JsonElement row, int made)
    {
        var (status, state) = (row.GetProperty("status").GetString()!, row.GetProperty("state").GetString()!);
        Calls++;
        (Never, Once, Twice) = (Never + (made == 0 ? 1 : 0), Once + (made == 1 ? 1 : 0), Twice + (made > 1 ? 1 : 0));
        Complete += state == "Complete" ? 1 : 0;
        Interrupted += state == "Interrupted" ? 1 : 0;
        Completed += status == "Completed" ? 1 : 0;
        Expired += status == "Expired" ? 1 : 0;
        if (status == "Failed")
        {
            (UnknownMade, UnknownNot) = (UnknownMade + (made > 0 ? 1 : 0), UnknownNot + (made == 0 ? 1 : 0));
        }

        var isRight = (status, made) switch
        {
            ("Completed", 1) or ("Expired", 0) => true,
            ("Failed", 0 or 1) => row.GetProperty("reason").GetString()!.Contains("not known", StringComparison.Ordinal),
            _ => false,
        };
        if (!isRight || state is not ("Complete" or "Interrupted"))
        {
            violations.Add($"Call {number} was made {made} times and is {status} ({row.GetProperty("reason")}); its answer is {state}");
        }
    }
}
