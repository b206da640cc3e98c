using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Comparisons;

/// <summary>No answer of a comparison is asked for, and paid for, twice unasked.</summary>
public sealed class InterruptedTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task An_answer_whose_process_went_away_waits_to_be_asked_again_and_the_others_go_on()
    {
        await using var vendor = new FakeVendor();
        var (id, compared, hand) = await BegunAsync(vendor);
        hand.Says("Half an answer");
        await Until.TrueAsync(async () => Compared.State(await compared.ReadAsync(id), 0) == "streaming");
        vendor.Answers("Whole");
        // As the node that noticed the silence would.
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync($"update jobs set status = 'Queued', epoch = epoch + 1, node = null where subject = {id}")
        );

        var end = await compared.EndAsync(id);

        Assert.Equal(("failed", "complete"), (Compared.State(end, 0), Compared.State(end, 1)));
        Assert.Contains("interrupted", Compared.Error(end, 0));
        Assert.Equal(2, vendor.Requests.Count);
        await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Post, $"{Compared.Path}/{id}/vote", new { best = 1 });
        await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Post, $"{Compared.Path}/{id}/answers/1/retry");
        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Post, $"{Compared.Path}/{id}/answers/2/retry");

        await compared.RetryAsync(id, 0);
        var whole = await compared.EndAsync(id);
        Assert.Equal(("complete", "Whole"), (Compared.State(whole, 0), whole["answers"]![0]!["text"]!.GetValue<string>()));
        Assert.Null(Compared.Error(whole, 0));
        Assert.Equal(3, vendor.Requests.Count);
    }

    [Fact]
    public async Task What_is_stopped_keeps_what_has_come_and_asks_no_more()
    {
        await using var vendor = new FakeVendor();
        var (id, compared, hand) = await BegunAsync(vendor);
        await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Post, $"{Compared.Path}/{id}/answers/0/retry");
        // The text is saved once a second, with the piece that comes then.
        await Until.TrueAsync(async () =>
        {
            hand.Says("Half ");
            return (await compared.ReadAsync(id))["answers"]![0]!["text"]!.GetValue<string>().Length > 0;
        });

        await republic.Jonas.Api.PostAsync($"{Compared.Path}/{id}/stop");
        await hand.ClientGone;

        var end = await compared.ReadAsync(id);
        Assert.Equal(("failed", "failed"), (Compared.State(end, 0), Compared.State(end, 1)));
        Assert.Equal("You stopped it.", Compared.Error(end, 0));
        Assert.StartsWith("Half", end["answers"]![0]!["text"]!.GetValue<string>());
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task Its_job_is_not_stopped_before_it_is()
    {
        await using var vendor = new FakeVendor();
        var (id, compared, hand) = await BegunAsync(vendor);
        Task stopped;
        await using (
            var held = await HeldTurn.TakeAsync(
                republic,
                db => db.Database.ExecuteSqlAsync($"select 1 from comparisons where id = {id} for update")
            )
        )
        {
            stopped = republic.Jonas.Api.PostAsync($"{Compared.Path}/{id}/stop");
            await held.WaitedForAsync(1, "from comparisons");
            Assert.True((await compared.ReadAsync(id))["is_under_way"]!.GetValue<bool>());
        }

        await stopped;
        await hand.ClientGone;
        Assert.False((await compared.ReadAsync(id))["is_under_way"]!.GetValue<bool>());
    }

    [Fact]
    public async Task An_answer_that_ends_just_after_it_was_stopped_keeps_its_text_and_what_it_took()
    {
        await using var vendor = new FakeVendor();
        var (id, compared, hand) = await BegunAsync(vendor);
        hand.Says("Whole.");
        await Until.TrueAsync(async () => (await compared.ReadAsync(id))["answers"]![0]!["text"]!.GetValue<string>() == "Whole.");
        Task stopped;
        await using (
            var held = await HeldTurn.TakeAsync(
                republic,
                db => db.Database.ExecuteSqlAsync($"select 1 from comparisons where id = {id} for update")
            )
        )
        {
            // It holds the job, for which the end of the answer waits.
            stopped = republic.Jonas.Api.PostAsync($"{Compared.Path}/{id}/stop");
            await held.WaitedForAsync(1, "from comparisons");
            hand.Ends();
            await held.WaitedForAsync(1, "set last_write");
        }

        await stopped;
        var answer = await Until.SomethingAsync(async () =>
            (await compared.ReadAsync(id))["answers"]![0] is { } now && now["model"] is not null ? now : null
        );
        Assert.Equal(("failed", "You stopped it."), (answer["state"]!.GetValue<string>(), answer["error"]!.GetValue<string>()));
        Assert.Equal("Whole.", answer["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_comparison_that_is_deleted_while_it_is_asked_hangs_up()
    {
        await using var vendor = new FakeVendor();
        var (id, _, hand) = await BegunAsync(vendor);

        await republic.Jonas.Api.DeleteAsync($"{Compared.Path}/{id}");

        await hand.ClientGone;
        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Get, $"{Compared.Path}/{id}");
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task An_answer_that_no_job_will_come_to_can_be_asked_for_again()
    {
        await using var vendor = new FakeVendor();
        var (id, compared, _) = await BegunAsync(vendor);
        vendor.Answers("Whole");
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync($"update jobs set status = 'Failed', error = 'Its process died five times.' where subject = {id}")
        );

        var left = await compared.EndAsync(id);
        Assert.Equal(("failed", "failed"), (Compared.State(left, 0), Compared.State(left, 1)));
        await compared.RetryAsync(id, 1);

        var end = await compared.EndAsync(id);
        Assert.Equal(("failed", "complete"), (Compared.State(end, 0), Compared.State(end, 1)));
    }

    /// <summary>Two versions, of which the first is being asked.</summary>
    private async Task<(Guid Id, Compared Compared, VendorStream Hand)> BegunAsync(FakeVendor vendor)
    {
        var minion = await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}", vendor);
        await PlantedVersions.PlantAsync(republic, minion.Id);
        var compared = new Compared(republic.Jonas, minion.Id);
        var hand = vendor.AnswersByHand();
        var id = await compared.MakeAsync("Who?", isBlind: false, 0, 1);
        await hand.Asked;
        return (id, compared, hand);
    }
}
