using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Republic.Core.Host;
using Republic.Core.Lora.Checks;
using Republic.Core.Trainer;

namespace Republic.Tests.Unit.Trainer;

public sealed class TrainingSupervisorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_may_stop_it_again_after_it_was_disposed_of()
    {
        var supervisor = New("/nowhere");
        await supervisor.StopAsync(Ct);
        supervisor.Dispose();

        await supervisor.StopAsync(Ct);
        supervisor.Dispose();
    }

    [Fact]
    public async Task Who_wants_to_measure_when_the_app_ends_is_told_so()
    {
        var supervisor = New("/nowhere");
        await supervisor.StopAsync(Ct);
        supervisor.Dispose();

        await Assert.ThrowsAsync<OperationCanceledException>(() => MeasureAsync(supervisor));
    }

    [Fact]
    public async Task Stopped_twice_while_somebody_measures_it_waits_for_them_and_then_may_go()
    {
        var child = Path.Combine(Directory.CreateTempSubdirectory("republic-child-").FullName, "child");
        await File.WriteAllTextAsync(child, "#!/bin/sh\nexec sleep 600\n", Ct);
        File.SetUnixFileMode(child, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var supervisor = New(child);
        var measured = Enumerable.Range(0, 3).Select(_ => MeasureAsync(supervisor)).ToList();

        var stops = new[] { supervisor.StopAsync(Ct), supervisor.StopAsync(Ct) };
        await stops[0];
        supervisor.Dispose();

        await stops[1];
        foreach (var measurement in measured)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measurement);
        }

        Directory.Delete(Path.GetDirectoryName(child)!, recursive: true);
    }

    private static Task MeasureAsync(TrainingSupervisor supervisor) =>
        supervisor.MeasureAsync(new LossOrder("model", [new LossFile("data")]), _ => { }, Ct);

    private static TrainingSupervisor New(string executable)
    {
        var options = Options.Create(new ModelHostOptions { Executable = executable, Threads = 1 });
        return new TrainingSupervisor(options, new ThreadScheduler(options), NullLogger<TrainingSupervisor>.Instance);
    }
}
