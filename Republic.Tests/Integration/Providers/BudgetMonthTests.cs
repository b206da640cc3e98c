using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>A budget is for a month of UTC; <see cref="Spender"/> says what things cost.</summary>
public sealed class BudgetMonthTests(MonthEnd republic) : IClassFixture<MonthEnd>, IAsyncLifetime
{
    private Spender who = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        republic.GoToItsEnd();
        who = await Spender.NewAsync(republic);
    }

    public ValueTask DisposeAsync() => who.DisposeAsync();

    [Fact]
    public async Task A_budget_that_is_used_up_is_new_on_the_first()
    {
        await who.SetAsync(0.1m);
        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, await who.StatusAsync());
        var first = republic.Month.AddMonths(1).ToString("d MMMM", CultureInfo.InvariantCulture);
        Assert.Contains($"It begins anew on {first} (UTC).", await who.RefusalAsync());

        await Until.TrueAsync(async () => await who.SpentAsync() == Spender.Answer);
        var month = republic.Month;
        republic.TurnIt();

        Assert.Equal(0, await who.SpentAsync());
        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        await Until.TrueAsync(async () => await who.SpentAsync() == Spender.Answer);
        Assert.Equal([(month, Spender.Answer), (month.AddMonths(1), Spender.Answer)], await MonthsAsync());
    }

    [Fact]
    public async Task A_call_that_was_begun_in_the_old_month_is_paid_from_it()
    {
        await who.SetAsync(0.15m);
        var hand = who.Vendor.AnswersByHand();
        var answering = who.AskAsync(stream: true);
        hand.Says("Hel");
        using var answer = await answering;
        var month = republic.Month;
        republic.TurnIt();

        // What it holds is the old month's: the new one has room for another, which it would not have beside it.
        who.Vendor.Answers("Hello");
        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        hand.Says("lo");
        hand.Ends();
        await answer.Content.ReadAsStringAsync(Ct);

        await Until.TrueAsync(async () =>
            (await MonthsAsync()).SequenceEqual([(month, Spender.Answer), (month.AddMonths(1), Spender.Answer)])
        );
        Assert.Equal(Spender.Answer, await who.SpentAsync());
    }

    private async Task<List<(DateOnly Month, decimal Spent)>> MonthsAsync()
    {
        var rows = await republic.QueryAsync(db =>
            (
                from month in db.BudgetMonths
                join budget in db.Budgets on month.BudgetId equals budget.Id
                where budget.OwnerId == who.Person.Id
                orderby month.Month
                select month
            ).ToListAsync(Ct)
        );
        return rows.ConvertAll(row => (row.Month, row.Spent / 1_000_000_000m));
    }
}
