using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Republic.Core.ModelHost;

/// <summary>One run of the child process.</summary>
internal sealed class ModelHostProcess : IAsyncDisposable
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

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);
    private readonly Process process;
    private readonly ILogger log;
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string lastError = "";

    private ModelHostProcess(Process process, string secret, ILogger log)
    {
        this.process = process;
        this.log = log;
        Secret = secret;
        Id = process.Id;
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Complained(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id { get; }

    public string Secret { get; }

    /// <summary>Its address, once it listens.</summary>
    public Task<string> Ready => ready.Task;

    public int ExitCode => process.ExitCode;

    /// <summary>The last line that it wrote to standard error.</summary>
    public string LastError => lastError;

    public static ModelHostProcess Start(ModelHostExecutable executable, ModelHostArguments arguments, string folder, ILogger log)
    {
        var start = new ProcessStartInfo(executable.File)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in executable.FirstArguments.Append("model-host").Concat(arguments.ToCommandLine()))
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

        // On an abort ggml would start a debugger to print where it was.
        start.Environment["GGML_NO_BACKTRACE"] = "1";
        var child = Process.Start(start) ?? throw new InvalidOperationException($"{executable.File} did not start.");
        var secret = arguments.Socket.Length == 0 ? RandomNumberGenerator.GetHexString(64, lowercase: true) : "";
        if (secret.Length > 0)
        {
            child.StandardInput.WriteLine(secret);
            child.StandardInput.Flush();
        }

        return new ModelHostProcess(child, secret, log);
    }

    public Task WaitForExitAsync(CancellationToken ct) => process.WaitForExitAsync(ct);

    /// <summary>Asks it to end by closing its standard input, and ends it when it does not.</summary>
    public async Task StopAsync()
    {
        try
        {
            process.StandardInput.Close();
            using var soon = new CancellationTokenSource(Farewell);
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
        await StopAsync();
        process.Dispose();
    }

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

    private void Complained(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            lastError = line;
            log.LogWarning("Model host {ProcessId}: {Line}", Id, line);
        }
    }
}
