using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Republic.Core.Host;

/// <summary>
/// This program once more, as a child that computes. It knows nothing of its surroundings, is spoken to in lines, and ends
/// when its standard input does, which the system closes however this process dies.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>All that the child gets to know of its surroundings: no key, no database, no address of the web process.</summary>
    private static readonly string[] Inherited =
    [
        "PATH",
        "HOME",
        "TMPDIR",
        "LANG",
        "DOTNET_ROOT",
        "DOTNET_ROOT_X64",
        "DOTNET_ROOT_ARM64",
        "SystemRoot",
        "TEMP",
    ];

    /// <summary>
    /// Bytes, in hexadecimal digits, that .NET lets a child allocate before it collects what is garbage. It takes the size of the processor's cache
    /// otherwise, which virtual machines report as up to hundreds of megabytes: more than many a child may take at all, and all of it garbage.
    /// </summary>
    private const string CollectionBudget = "2000000";

    private readonly Process process;
    private readonly ILogger log;
    private volatile string lastError = "";

    private ChildProcess(Process process, Action<string?> heard, ILogger log)
    {
        this.process = process;
        this.log = log;
        Id = process.Id;
        process.OutputDataReceived += (_, line) => heard(line.Data);
        process.ErrorDataReceived += (_, line) => Complained(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id { get; }

    /// <summary>Of a child that a signal ended, 128 and the signal's number.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The last line that it wrote to standard error.</summary>
    public string LastError => lastError;

    /// <param name="folder">Where it works.</param>
    /// <param name="heard">Gets every line of its standard output, and null at the end.</param>
    public static ChildProcess Start(
        ModelHostExecutable executable,
        IEnumerable<string> arguments,
        string folder,
        Action<string?> heard,
        ILogger log
    )
    {
        var start = new ProcessStartInfo(executable.File)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in executable.FirstArguments.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["DOTNET_GCgen0size"] = CollectionBudget;

        // On an abort ggml would start a debugger to print where it was.
        start.Environment["GGML_NO_BACKTRACE"] = "1";
        var child = Process.Start(start) ?? throw new InvalidOperationException($"{executable.File} did not start.");
        return new ChildProcess(child, heard, log);
    }

    /// <summary>Says a line to it. One that has just died hears nothing, and its exit tells.</summary>
    public void Say(string line)
    {
        try
        {
            lock (process)
            {
                process.StandardInput.WriteLine(line);
                process.StandardInput.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            log.LogDebug(e, "Process {ProcessId} was not there any more to be told: {Line}", Id, line);
        }
    }

    /// <summary>Pages and answers go first where there are fewer cores than work.</summary>
    public void LowerPriority()
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already, or the system does not allow it: it computes all the same.
        }
    }

    /// <summary>Returns when it has ended and all it said was heard.</summary>
    public Task WaitForExitAsync(CancellationToken ct) => process.WaitForExitAsync(ct);

    /// <summary>Asks it to end by closing its standard input, and ends it when it does not.</summary>
    public async Task StopAsync(TimeSpan farewell)
    {
        try
        {
            process.StandardInput.Close();
            using var soon = new CancellationTokenSource(farewell);
            await process.WaitForExitAsync(soon.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(3));
        process.Dispose();
    }

    private void Complained(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            lastError = line;
            log.LogWarning("Model host {ProcessId}: {Line}", Id, line);
        }
    }
}
