using Republic.Core.Tools.Servers.OAuth;

namespace Republic.Tests.Unit.Tools;

public sealed class KeyedTurnsTests
{
    private readonly Guid key = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_of_one_key_have_a_turn_at_once_and_the_next_waits_for_one()
    {
        var turns = new KeyedTurns(2);
        var first = await turns.TakeAsync(key, Ct);
        using var second = await turns.TakeAsync(key, Ct);

        var third = turns.TakeAsync(key, Ct);
        using var another = await turns.TakeAsync(Guid.CreateVersion7(), Ct);

        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_key_once_nobody_has_a_turn_or_waits_for_one()
    {
        var turns = new KeyedTurns(1);
        using var patience = new CancellationTokenSource();
        var held = await turns.TakeAsync(key, Ct);
        var waiting = turns.TakeAsync(key, patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, turns.Keys);
        held.Dispose();
        Assert.Equal(0, turns.Keys);
        (await turns.TakeAsync(key, Ct)).Dispose();
    }
}
