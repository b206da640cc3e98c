using System.Collections.Concurrent;
using System.Globalization;
using Republic.Core;
using Republic.Tests.World;

namespace Republic.Bench;

/// <summary>Answers wait for their person, who approves their calls while the app is killed at random moments and started again.</summary>
internal sealed class Campaign(Site site, Sender sender, ConcurrentDictionary<int, int> made, long seed)
{
    /// <summary>Answers that wait at each kill.</summary>
    private const int AtOnce = 5;

    /// <summary>Milliseconds within which all approvals are sent; the kill comes within twice as many.</summary>
    private const int Window = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SeededRandom random = SeededRandom.For(seed, 1);
    private int kills;
    private int number;
    private int approvedAgain;

    /// <returns>The number of violations.</returns>
    public static async Task<int> RunAsync(string app, int kills, TimeSpan lasts, long seed)
    {
        var made = new ConcurrentDictionary<int, int>();
        var pauses = SeededRandom.For(seed, 2);
        await using var server = new ToolServerStub();
        server.Result = arguments =>
        {
            made.AddOrUpdate(int.Parse((string)arguments["text"]!, CultureInfo.InvariantCulture), 1, (_, count) => count + 1);
            return ToolServerStub.Text("Sent.");
        };
        server.Lie = async (method, _) =>
        {
            // So that some kills come in the middle of a call.
            await Task.Delay(method == "tools/call" ? Chance(pauses, Window / 2) : 0);
            return false;
        };
        await using var provider = new Provider();
        await using var site = await Site.StartAsync(app, ("ModelHost__Enabled", "false"));
        using var person = new Person("mira", site.Node.Address);
        var sender = await Sender.ArriveAsync(person, provider.Address, server.Url);
        return await new Campaign(site, sender, made, seed).RunAsync(kills, lasts);
    }

    private static int Chance(SeededRandom random, int below)
    {
        lock (random)
        {
            return random.Next(below);
        }
    }

    private async Task<int> RunAsync(int most, TimeSpan lasts)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (kills < most && TimeProvider.System.GetElapsedTime(begin) < lasts)
        {
            await PlayAsync();
        }

        var verdict = await Verdict.ReadAsync(site, made);
        Console.WriteLine(
            $"""
            `bench/calls/kill {most} {lasts.TotalSeconds:0} {seed}`: {TimeProvider.System.GetElapsedTime(
                begin
            ).TotalSeconds:0} s, load {File.ReadAllText("/proc/loadavg")[..14]}

            | what | |
            | --- | --- |
            | the app was killed (-9) and started again | {kills} times |
            | calls that were approved | {verdict.Calls} |
            | made never, once, more often | {verdict.Never}, {verdict.Once}, {verdict.Twice} |
            | calls with a result | {verdict.Completed} |
            | calls of which nobody knew whether they were made: made, and not | {verdict.UnknownMade}, {verdict.UnknownNot} |
            | calls that were not made, since their answer had ended | {verdict.Expired} |
            | answers that came to their end, and that were interrupted | {verdict.Complete}, {verdict.Interrupted} |
            | approvals that were lost, and sent again | {approvedAgain} |
            | violations | {verdict.Violations.Count} |
            """
        );
        foreach (var violation in verdict.Violations.Take(40))
        {
            Console.WriteLine($"- {violation}");
        }

        return verdict.Violations.Count;
    }

    /// <summary>One kill, and what it takes until all answers have ended.</summary>
    private async Task PlayAsync()
    {
        List<Guid> answers = [];
        for (var i = 0; i < AtOnce; i++)
        {
            answers.Add(await sender.AskAsync(++number));
        }

        List<Task> approvals = [];
        foreach (var answer in answers)
        {
            approvals.Add(ApproveAfterAsync(random.Next(Window), (await sender.PendingAsync(answer))!));
        }

        await Task.Delay(random.Next(2 * Window));
        await site.Node.KillAsync();
        kills++;
        await Task.WhenAll(approvals);
        await site.Node.StartAsync();
        await EndAsync(answers);
    }

    private async Task ApproveAfterAsync(int milliseconds, string call)
    {
        await Task.Delay(milliseconds);
        await sender.ApproveAsync(call);
    }

    /// <summary>As a person does who finds that a call still waits.</summary>
    private async Task EndAsync(List<Guid> answers)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (answers.Count > 0 && TimeProvider.System.GetElapsedTime(begun) < Patience)
        {
            foreach (var answer in answers.ToList())
            {
                if (await sender.IsOverAsync(answer))
                {
                    answers.Remove(answer);
                }
                else if (await sender.PendingAsync(answer) is { } call && await sender.ApproveAsync(call))
                {
                    approvedAgain++;
                }
            }

            await Task.Delay(200);
        }
    }
}
