using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

public sealed class NoIdempotencyTests(NoIdempotencyTests.Forgetful republic) : IClassFixture<NoIdempotencyTests.Forgetful>
{
    [Fact]
    public async Task Where_answers_are_not_kept_every_call_asks()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Mira.NewMinionAsync("forgetful", vendor);
        using var client = new OutsideClient(republic.Address, minion.Key);

        await client.AnswerAsync(OutsideClient.Hi, ("Idempotency-Key", "one"));
        await client.AnswerAsync(OutsideClient.Hi, ("Idempotency-Key", "one"));

        Assert.Equal(2, vendor.Requests.Count);
        Assert.False(await republic.QueryAsync(db => db.KeptAnswers.AnyAsync(TestContext.Current.CancellationToken)));
    }

    public sealed class Forgetful(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Idempotency:KeepFor", "00:00:00")];
    }
}
