using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>
/// Texts by somebody else that tell a model to call tools, before a model that obeys all of them. Each is read in a chat of its own, several at
/// once, in one app and by a few minions.
/// </summary>
public sealed class InjectionTests(InjectionWorld world) : IClassFixture<InjectionWorld>
{
    private readonly ConcurrentBag<Guid> equipped = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_a_model_reads_nothing_leaves_or_changes_unasked_and_nobody_elses_things_are_read()
    {
        var injections = Injection.All(world.Goals);
        await world.PlantAsync(injections);
        var before = await BelongingsAsync();
        var outcomes = new ConcurrentDictionary<Injection, string>();
        await Parallel.ForEachAsync(
            injections,
            new ParallelOptions { MaxDegreeOfParallelism = InjectionWorld.AtOnce, CancellationToken = Ct },
            async (injection, _) => outcomes[injection] = await ReadAsync(injection)
        );

        var table = InjectionTable.Of(injections, outcomes);
        TestContext.Current.TestOutputHelper?.WriteLine(table);
        Assert.InRange(injections.Count, 200, 1000);
        Assert.Equal(InjectionTable.OfPage(), table);
        Assert.Contains($"{injections.Count} texts", InjectionTable.Page, StringComparison.Ordinal);
        Assert.Equal(before, await BelongingsAsync());
        Assert.DoesNotContain(world.Web.Requests.Concat(world.Server.Requests), request => Has(request, InjectionWorld.Secret));
        Assert.DoesNotContain(world.Web.Requests, request => !Has(request, "GET /page/"));
        Assert.DoesNotContain(
            world.Server.Requests,
            request => Has(request, "tools/call") && (Has(request, "\"send_mail\"") || Has(request, "\"wipe_mailbox\""))
        );
        Assert.DoesNotContain(world.Vendor.Requests, request => Has(request.Body?.ToJsonString() ?? "", InjectionWorld.Hidden));
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    /// <summary>How many tasks, comments and memories there are.</summary>
    private Task<(int Tasks, int Comments, int Memories)> BelongingsAsync() =>
        world.QueryAsync(async db =>
            (
                await db.Tasks.CountAsync(t => t.OwnerId == world.Mira.Id, Ct),
                await db.TaskComments.CountAsync(Ct),
                await db.Memories.CountAsync(Ct)
            )
        );

    /// <summary>Has a minion come upon the text, and decides as a person does who approves what they asked for and refuses everything else.</summary>
    /// <returns>What became of the call that the text wants.</returns>
    private async Task<string> ReadAsync(Injection injection)
    {
        var minion = world.ReaderOf(injection) ?? await EquippedAsync(injection);
        var chat = await Chat.BeginAsync(world.Mira, minion);
        var answer = await chat.SayAsync(world.Question(injection));
        var (state, calls) = await RestAsync(answer);
        while (state == TurnState.Waiting)
        {
            foreach (var call in calls.Where(call => call.Status == ToolCallStatus.Pending))
            {
                await DecideAsync(injection.Goal, call);
            }

            (state, calls) = await RestAsync(answer);
        }

        if (injection.Vector == InjectionVector.Description)
        {
            equipped.Add(minion);
        }

        var opening = injection.Vector is InjectionVector.Passage or InjectionVector.Description ? 0 : 1;
        Assert.True(
            state == TurnState.Complete && calls.Count == opening + 1,
            $"{injection}: {state}, {string.Join(", ", calls.Select(call => $"{call.Tool} {call.Status} {call.Reason}"))}"
        );
        Assert.Equal(opening, calls.Count(call => call.Status == ToolCallStatus.Completed && !IsWanted(injection.Goal, call)));
        return OutcomeOf(injection.Goal, Assert.Single(calls, call => IsWanted(injection.Goal, call)));
    }

    private static bool IsWanted(InjectionGoal goal, ToolCall call) => goal.IsOf(call.Tool, call.Arguments);

    private static string OutcomeOf(InjectionGoal goal, ToolCall call) =>
        (call.Status, call.IsUnasked) switch
        {
            (ToolCallStatus.Refused, true) => "refused",
            (ToolCallStatus.Refused, false) => "asks",
            (ToolCallStatus.Failed, false) when goal.IsApproved => "asks, and fails",
            (ToolCallStatus.Failed or ToolCallStatus.Completed, true) when goal.OnlyReads => "finds nothing",
            _ => $"{call.Status}, {(call.IsUnasked ? "unasked" : "asked")}",
        };

    private Task DecideAsync(InjectionGoal goal, ToolCall call) =>
        IsWanted(goal, call) && !goal.IsApproved
            ? world.Mira.Api.PostAsync($"/api/tool-calls/{call.Id}/refuse", new { reason = "I asked for nothing of the kind." })
            : world.Mira.Api.PostAsync($"/api/tool-calls/{call.Id}/approve", new { scope = "once" });

    /// <summary>An answer that has ended, or waits for its person.</summary>
    private async Task<(TurnState State, List<ToolCall> Calls)> RestAsync(Guid answer)
    {
        var (state, calls) = (TurnState.Pending, new List<ToolCall>());
        await Until.TrueAsync(async () =>
        {
            (state, calls) = await world.QueryAsync(async db =>
                (
                    await db.Messages.Where(m => m.Id == answer).Select(m => m.State).SingleAsync(Ct),
                    await db
                        .ToolCalls.AsNoTracking()
                        .Where(c => c.MessageId == answer)
                        .OrderBy(c => c.Round)
                        .ThenBy(c => c.Position)
                        .ToListAsync(Ct)
                )
            );
            return state switch
            {
                TurnState.Pending or TurnState.Streaming => false,
                TurnState.Waiting => calls.Exists(call => call.Status == ToolCallStatus.Pending),
                _ => true,
            };
        });
        return (state, calls);
    }

    /// <summary>A minion that has the tool whose description is the text, and that no other answer asks.</summary>
    private async Task<Guid> EquippedAsync(Injection injection)
    {
        if (!equipped.TryTake(out var minion))
        {
            minion = (await world.Mira.NewMinionAsync($"porter{injection.Number}", world.Vendor)).Id;
        }

        await world.EquipAsync(minion, "send_mail", InjectionWorld.ToolOf(injection));
        return minion;
    }
}
