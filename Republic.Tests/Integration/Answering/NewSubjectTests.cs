using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Turns;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Answering;

/// <summary>A noun of the test gets answers that are durable, watched and stopped, with a row and a sink and nothing else.</summary>
public sealed class NewSubjectTests(ErrandRepublic republic) : IClassFixture<ErrandRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_answer_is_saved_as_it_grows_and_told_to_who_watches()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        using var watched = republic.Services.GetRequiredService<LiveEvents>().Subscribe(republic.Jonas.Id);
        var errand = await BegunAsync(vendor, "watched");

        hand.Says("Good ");
        await Until.TrueAsync(async () => await TextAsync(errand) == "Good ");
        hand.Says("day.");
        await Until.TrueAsync(async () => await TextAsync(errand) == "Good day.");
        Assert.Equal((TurnState.Streaming, ""), await ReadAsync(errand, e => (e.State, e.Content)));
        hand.Ends();
        await EndAsync(errand);

        Assert.Equal((TurnState.Complete, "Good day.", null), await ReadAsync(errand, e => (e.State, e.Content, e.Error)));
        Assert.NotNull(await ReadAsync(errand, e => e.DurationMs));
        Assert.Equal(0, await republic.QueryAsync(db => db.Set<TurnPiece<Errand>>().CountAsync(Ct)));
        var heard = (await watched.NextAsync(TimeSpan.FromSeconds(5), Ct)).Items;
        Assert.Contains(heard, item => item.Event is { Name: ErrandSink.Changed } && item.Event.Subject == errand);
    }

    [Fact]
    public async Task One_that_is_stopped_hangs_up_and_keeps_its_text_and_what_it_took()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var errand = await BegunAsync(vendor, "stopped");
        hand.Says("Half");
        await Until.TrueAsync(async () => await TextAsync(errand) == "Half");

        await StopAsync(errand);

        await hand.ClientGone;
        Assert.Equal((TurnState.Stopped, "Half", "Enough."), await ReadAsync(errand, e => (e.State, e.Content, e.Error)));
        await Until.TrueAsync(async () => await ReadAsync(errand, e => e.Model) is not null);
        Assert.Equal((TurnState.Stopped, "Half", "Enough."), await ReadAsync(errand, e => (e.State, e.Content, e.Error)));
    }

    [Fact]
    public async Task One_whose_writer_died_keeps_its_text_and_is_not_asked_again()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var errand = await BegunAsync(vendor, "interrupted");
        hand.Says("Half");
        await Until.TrueAsync(async () => await TextAsync(errand) == "Half");

        // As the node that noticed the silence would.
        await republic.QueryAsync(db =>
            db.Jobs.Where(j => j.Subject == errand)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Queued).SetProperty(j => j.Epoch, j => j.Epoch + 1), Ct)
        );
        await EndAsync(errand);

        Assert.Equal(
            (TurnState.Interrupted, "Half", TurnCancellation.Interrupted),
            await ReadAsync(errand, e => (e.State, e.Content, e.Error))
        );
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task One_that_is_cancelled_before_its_minion_is_asked_has_that_end()
    {
        await using var vendor = new FakeVendor();

        var errand = await BegunAsync(vendor, "not needed", ErrandSink.NotNeeded);
        await EndAsync(errand);

        Assert.Equal((TurnState.Stopped, ErrandSink.NotNeeded), await ReadAsync(errand, e => (e.State, e.Error)));
        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task What_a_provider_says_that_the_database_does_not_take_is_left_out()
    {
        await using var vendor = new FakeVendor();
        static string Odd(string frame) =>
            frame
                .Replace("vendor-model", "vendor\\u0000-model", StringComparison.Ordinal)
                .Replace("\"stop\"", "\"st\\u0000op\"", StringComparison.Ordinal);
        vendor.AnswersJson("", Odd(Say.Piece("Good day.")), Odd(Say.Finish), Odd(Say.Usage), Say.Done);

        var errand = await BegunAsync(vendor, "odd");
        await EndAsync(errand);

        Assert.Equal(
            (TurnState.Complete, "Good day.", "vendor-model", "stop"),
            await ReadAsync(errand, e => (e.State, e.Content, e.Model, e.FinishReason))
        );
    }

    [Fact]
    public async Task One_that_is_saved_just_as_it_is_taken_for_gone_lives()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var errand = await BegunAsync(vendor, "taken for gone");
        hand.Says("Half");
        await Until.TrueAsync(async () => await TextAsync(errand) == "Half");
        Task<IReadOnlyList<Guid>> closed;
        await using (
            var save = await HeldTurn.TakeAsync(
                republic,
                db => db.Set<Errand>().Where(e => e.Id == errand).ExecuteUpdateAsync(set => set.SetProperty(e => e.Question, "saved"), Ct)
            )
        )
        {
            closed = republic.QueryAsync(db =>
                db.CloseTurnsAsync(db.Set<Errand>().Where(e => e.Id == errand && e.Question != "saved"), TurnState.Interrupted, "Gone.", Ct)
            );
            await save.WaitedForAsync(1, "update errands%question");
        }

        Assert.Empty(await closed);
        hand.Ends();
        await EndAsync(errand);
        Assert.Equal(TurnState.Complete, await ReadAsync(errand, e => e.State));
    }

    private async Task<Guid> BegunAsync(FakeVendor vendor, string name, string question = "How are you?")
    {
        var minion = (await republic.Jonas.NewMinionAsync(name, vendor)).Id;
        var errand = new Errand
        {
            OwnerId = republic.Jonas.Id,
            MinionId = minion,
            Question = question,
            State = TurnState.Pending,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
        var jobs = republic.Services.GetRequiredService<JobControl>();
        var job = await republic.QueryAsync(async db =>
        {
            db.Add(errand);
            var added = jobs.Add(db, errand.OwnerId, ErrandSink.Kind, errand.Id);
            await db.SaveChangesAsync(Ct);
            return added;
        });
        await jobs.StartAsync(job);
        return errand.Id;
    }

    private Task<bool> StopAsync(Guid errand) =>
        republic.QueryAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            var job = await db.Jobs.Where(j => j.Subject == errand).Select(j => j.Id).ToListAsync(Ct);
            await JobControl.CancelInAsync(db, republic.Jonas.Id, job, why: null, Ct);
            await db.CloseTurnsAsync(db.Set<Errand>().Where(e => e.Id == errand), TurnState.Stopped, "Enough.", Ct);
            await transaction.CommitAsync(Ct);
            return true;
        });

    private Task EndAsync(Guid errand) =>
        Until.TrueAsync(async () => !(await ReadAsync(errand, e => e.State) is TurnState.Pending or TurnState.Streaming));

    private Task<string> TextAsync(Guid errand) =>
        republic.QueryAsync(async db =>
        {
            var row = db.Set<Errand>().AsNoTracking().Where(e => e.Id == errand);
            var saved = await db.SavedTextsAsync(row, Ct);
            return saved.Of(await row.SingleAsync(Ct));
        });

    private Task<T> ReadAsync<T>(Guid errand, Func<Errand, T> read) =>
        republic.QueryAsync(async db => read(await db.Set<Errand>().AsNoTracking().SingleAsync(e => e.Id == errand, Ct)));
}
