using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Republic.Core.Host;

namespace Republic.Core.Inference.Supervision;

/// <summary>One run of the child process that answers.</summary>
internal sealed class ModelHostProcess : IAsyncDisposable
{
    private const int Aborted = 128 + 6;

    /// <summary>SIGILL, SIGABRT, SIGBUS, SIGFPE and SIGSEGV.</summary>
    private static readonly int[] CrashSignals = [4, 6, 7, 8, 11];
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(3);
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChildProcess child;

    private ModelHostProcess(ModelHostExecutable executable, ModelHostArguments arguments, string folder, ILogger log)
    {
        child = ChildProcess.Start(executable, arguments.ToCommandLine().Prepend("model-host"), folder, Heard, log);
        Secret = arguments.Socket.Length == 0 ? RandomNumberGenerator.GetHexString(64, lowercase: true) : "";
        if (Secret.Length > 0)
        {
            child.Say(Secret);
        }
    }

    public int Id => child.Id;

    public string Secret { get; }

    /// <summary>Its address, once it listens.</summary>
    public Task<string> Ready => ready.Task;

    public int ExitCode => child.ExitCode;

    /// <summary>How it ended, once it has.</summary>
    public ModelHostEndKind EndKind =>
        ExitCode == Aborted && child.LastError.Contains("bad_alloc", StringComparison.Ordinal) ? ModelHostEndKind.OutOfMemory
        : EndedByItself ? ModelHostEndKind.Crashed
        : ModelHostEndKind.Killed;

    /// <summary>The last line that it wrote to standard error.</summary>
    public string LastError => child.LastError;

    public static ModelHostProcess Start(ModelHostExecutable executable, ModelHostArguments arguments, string folder, ILogger log) =>
        new(executable, arguments, folder, log);

    /// <summary>How many of its threads may compute from the next step on.</summary>
    public void UseThreads(int count) => child.Say(ThreadsLine.Of(count));

    public Task WaitForExitAsync(CancellationToken ct) => child.WaitForExitAsync(ct);

    /// <summary>Asks it to end by closing its standard input, and ends it when it does not.</summary>
    public Task StopAsync() => child.StopAsync(ShutdownTimeout);

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private bool EndedByItself => OperatingSystem.IsWindows() ? ExitCode < 0 : Array.Exists(CrashSignals, s => ExitCode == 128 + s);

    private void Heard(string? line)
    {
        if (line is null)
        {
            ready.TrySetException(new IOException("The model host ended before it listened."));
        }
        else if (line.StartsWith(ModelHostProgram.Ready, StringComparison.Ordinal))
        {
            ready.TrySetResult(line[ModelHostProgram.Ready.Length..].Trim());
        }
    }
}
