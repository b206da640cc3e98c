using System.Text;
using Republic.Core.Tasks.Work;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>A task that is much longer than the context of its minion's model is asked with less, and not given up.</summary>
public sealed class TaskContextTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Title = "Find the missing row";
    private const string LastWords = "Compare by order number.";

    private Tasked Tasks => new(republic, republic.Jonas);

    private static string Huge { get; } = string.Concat(Enumerable.Repeat("One row is missing in the file. ", 600));

    [Fact]
    public async Task What_a_short_context_cannot_hold_is_left_out_and_the_title_and_the_last_comment_stay()
    {
        await using var vendor = new FakeVendor();
        vendor.TakesAtMost(6000, "The row is 10382.");
        var task = await HugeAsync();

        await Tasks.AssignAsync(task, (await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}", vendor)).Id);

        var attempt = await Tasks.EndAsync(task);
        Assert.Equal((TaskAttemptState.HandedIn, "The row is 10382."), (attempt.State, attempt.Text));
        Assert.True(vendor.Requests.Count > 1);
        Assert.Contains(Title, vendor.LastRequest.LastMessage);
        Assert.Contains(LastWords, vendor.LastRequest.LastMessage);
        Assert.EndsWith("Do the task now.", vendor.LastRequest.LastMessage);
    }

    [Fact]
    public async Task A_small_model_answers_a_task_that_is_ten_times_its_context()
    {
        var task = await HugeAsync();

        await Tasks.AssignAsync(
            task,
            (await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}", more: SproutCopy.In(republic))).Id
        );

        var attempt = await Tasks.EndAsync(task);
        Assert.True(attempt.State is TaskAttemptState.HandedIn or TaskAttemptState.Waiting, attempt.Error);
        Assert.NotEmpty(attempt.Text);
        Assert.InRange(attempt.PromptTokens!.Value, 100, 2047);
    }

    private async Task<Guid> HugeAsync()
    {
        var task = await Tasks.MakeAsync(null, Title);
        await Tasks.DescribeAsync(task, Title, Huge);
        await Tasks.SayAsync(task, Huge);
        await Tasks.SayAsync(task, $"{LastWords} {Huge}");
        await Tasks.AttachAsync(task, "export.txt", Encoding.UTF8.GetBytes(Huge));
        return task;
    }
}
