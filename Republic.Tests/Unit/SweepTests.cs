using Microsoft.Extensions.Logging.Abstractions;
using Republic.Core;

namespace Republic.Tests.Unit;

public sealed class SweepTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_passes_come_one_after_another_also_after_one_that_fails()
    {
        var (first, second) = (new Pass(), new Pass());
        using var sweeps = new Sweep.Runner([first, second]) { Patience = Timeout.InfiniteTimeSpan };
        await sweeps.StartAsync(Ct);
        await first.Begun.Task.WaitAsync(Ct);
        await Task.Delay(100, Ct);
        Assert.False(second.Begun.Task.IsCompleted);

        first.End.SetException(new InvalidOperationException("The test says so."));
        await second.Begun.Task.WaitAsync(Ct);
        await sweeps.StopAsync(Ct);
    }

    [Fact]
    public async Task A_first_pass_that_waits_does_not_keep_the_others()
    {
        var (first, second) = (new Pass(), new Pass());
        using var sweeps = new Sweep.Runner([first, second]) { Patience = TimeSpan.FromMilliseconds(1) };
        await sweeps.StartAsync(Ct);

        await second.Begun.Task.WaitAsync(Ct);
        Assert.False(first.FirstPass.IsCompleted);
        await sweeps.StopAsync(Ct);
    }

    private sealed class Pass() : Sweep(TimeSpan.FromHours(1), "Waits", TimeProvider.System, NullLogger.Instance)
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource<int> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task<int> SweepAsync(CancellationToken ct)
        {
            Begun.TrySetResult();
            return End.Task.WaitAsync(ct);
        }
    }
}
