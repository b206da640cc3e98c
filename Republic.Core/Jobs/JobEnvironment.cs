using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Republic.Core.Jobs;

/// <summary>When this node may work, and by which clock and settings.</summary>
internal sealed class JobEnvironment(IHostApplicationLifetime host, IOptions<JobOptions> options, JobSlots slots, TimeProvider time)
{
    public JobOptions Options => options.Value;

    public JobSlots Room => slots;

    public TimeProvider Time => time;

    public CancellationToken Stopping => host.ApplicationStopping;

    /// <summary>Long work waits until pages are served: it must not slow the start.</summary>
    public async Task StartedAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(ct);
    }
}
