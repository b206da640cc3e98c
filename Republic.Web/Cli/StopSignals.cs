using System.Runtime.InteropServices;

namespace Republic.Web.Cli;

/// <summary>Ctrl+C and termination as a token. A second signal ends the process as it would without us.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<PosixSignalRegistration> signals = [];

    public StopSignals()
    {
        signals.AddRange(
            new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))
        );
    }

    public CancellationToken Token => stop.Token;

    public void Dispose()
    {
        signals.ForEach(signal => signal.Dispose());
        stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }
}
