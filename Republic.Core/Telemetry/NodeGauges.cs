using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Republic.Core.Events;
using Republic.Core.Inference.Supervision;
using Republic.Core.Jobs;

namespace Republic.Core.Telemetry;

/// <summary>What this node is doing beside calls, read at the moment somebody looks.</summary>
internal sealed class NodeGauges(IMeterFactory meters, JobSlots jobs, ModelHostSupervisor modelHost, LiveEvents live) : IHostedService
{
    public const string Name = "Republic.Node";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableGauge(
            "republic.jobs.running",
            () =>
                jobs.Running()
                    .Select(kind => new Measurement<int>(kind.Value, new KeyValuePair<string, object?>("republic.job.kind", kind.Key))),
            "{job}",
            "Datasets and runs that this node works on."
        );
        meter.CreateObservableGauge(
            "republic.model_host.up",
            () => modelHost.Status.State == ModelHostState.Running ? 1 : 0,
            unit: null,
            "1 while the child process that runs local models answers."
        );
        meter.CreateObservableGauge("republic.live.streams", () => live.Readers, "{stream}", "Live streams that are open at this node.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
