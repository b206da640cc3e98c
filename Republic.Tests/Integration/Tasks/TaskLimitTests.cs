using System.Text.Json.Nodes;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Work;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>An attempt that takes too long, or too much, fails with what it has and says what to do.</summary>
public sealed class TaskLimitTests(TaskLimitTests.Narrow republic) : IClassFixture<TaskLimitTests.Narrow>
{
    private Tasked Tasks => new(republic, republic.Jonas);

    [Fact]
    public async Task An_attempt_ends_when_its_time_is_over()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var task = await Tasks.MakeAsync((await republic.Jonas.NewMinionAsync("slow", vendor)).Id);
        await hand.Asked;
        hand.Says("Half");

        var failed = await Tasks.EndAsync(task);

        await hand.ClientGone;
        Assert.Equal((TaskAttemptState.Failed, "Half"), (failed.State, failed.Text));
        Assert.Contains("as long as an attempt may take", failed.Error);
        Assert.Equal(WorkTaskStatus.InProgress, (await Tasks.ReadAsync(task)).Status);
    }

    [Fact]
    public async Task An_answer_ends_when_its_tokens_are_used_up()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers([.. Enumerable.Repeat(new string('x', 1000), 50)]);
        var task = await Tasks.MakeAsync((await republic.Jonas.NewMinionAsync("wordy", vendor)).Id);

        var failed = await Tasks.EndAsync(task);

        Assert.Equal(TaskAttemptState.Failed, failed.State);
        Assert.InRange(failed.Text.Length, 1000, 8000);
        Assert.Contains("at most 2,000 tokens", failed.Error);
    }

    [Fact]
    public async Task What_a_model_thinks_uses_up_the_tokens_as_well()
    {
        await using var vendor = new FakeVendor();
        vendor.AnswersJson("{}", [.. Enumerable.Repeat(Thought(new string('x', 1000)), 50), Say.Finish, Say.Usage, Say.Done]);
        var task = await Tasks.MakeAsync((await republic.Jonas.NewMinionAsync("thinks", vendor)).Id);

        var failed = await Tasks.EndAsync(task);

        Assert.Equal((TaskAttemptState.Failed, ""), (failed.State, failed.Text));
        Assert.Contains("at most 2,000 tokens", failed.Error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(9000)]
    public async Task The_provider_is_told_how_much_is_left_and_what_it_cuts_off_there_is_not_handed_in(int? own)
    {
        await using var vendor = new FakeVendor();
        var cut = Say.Finish.Replace("stop", "length", StringComparison.Ordinal);
        vendor.AnswersJson("{}", Say.Piece("Half of it"), cut, Say.Usage, Say.Done);
        var minion = await republic.Jonas.NewMinionAsync($"told-{own ?? 0}", vendor, new JsonObject { ["max_tokens"] = own });
        var task = await Tasks.MakeAsync(minion.Id);

        var failed = await Tasks.EndAsync(task);

        Assert.InRange(vendor.LastRequest.Body!["max_tokens"]!.GetValue<int>(), 1, 2000);
        Assert.Equal((TaskAttemptState.Failed, "Half of it"), (failed.State, failed.Text));
        Assert.Contains("at most 2,000 tokens", failed.Error);
    }

    [Fact]
    public async Task A_minion_that_writes_less_by_itself_is_asked_for_no_more()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync("brief", vendor, new JsonObject { ["max_tokens"] = 100 });

        Assert.Equal(TaskAttemptState.HandedIn, (await Tasks.EndAsync(await Tasks.MakeAsync(minion.Id))).State);

        Assert.Equal(100, vendor.LastRequest.Body!["max_tokens"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_task_that_is_longer_than_an_attempt_may_be_is_not_asked()
    {
        await using var vendor = new FakeVendor();
        var task = await Tasks.MakeAsync(null);
        await Tasks.SayAsync(task, new string('x', 10_000));

        await Tasks.AssignAsync(task, (await republic.Jonas.NewMinionAsync("unasked", vendor)).Id);

        Assert.Contains("at most 2,000 tokens", (await Tasks.EndAsync(task)).Error);
        Assert.Empty(vendor.Requests);
    }

    private static string Thought(string text) =>
        $$$"""data: {"id":"c1","object":"chat.completion.chunk","model":"vendor-model","choices":[{"index":0,"delta":{"reasoning_content":"{{{text}}}"},"finish_reason":null}]}{{{"\n\n"}}}""";

    public sealed class Narrow(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Tasks:MaxTime", "00:00:03"), ("Tasks:MaxTokens", "2000")];
    }
}
