using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Host;
using Republic.Core.Llama.Files;
using Republic.Core.Providers;

namespace Republic.Core.Inference.Supervision;

/// <summary>
/// Keeps the child process running that answers for local models. It is started with the web process, started again
/// when it crashes, and ends with the web process, however that ends.
/// </summary>
public sealed class ModelHostSupervisor(
    IOptions<ModelHostOptions> options,
    DataFolder data,
    ThreadScheduler threads,
    TimeProvider time,
    ILogger<ModelHostSupervisor> log
) : BackgroundService, IModelHostTransport
{
    private const int CannotRunHere = 3;
    internal static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Everybody's answers wait for the next child. A file that it crashes over is not loaded again, so that crash after crash is another
    /// file each time and no reason to make them wait; a second only keeps a child that cannot start from taking a core for nothing.
    /// </summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly ModelHostOptions options = options.Value;
    private readonly Lock running = new();
    private volatile TaskCompletionSource<ModelHostAddress> address = NewAddress();
    private readonly CrashedModels crashes = new(data, time, log);
    private ModelHostProcess? current;
    private int threadsNow;

    public ModelHostStatus Status { get; private set; } = new(ModelHostState.Starting, null, 0, null);

    /// <summary>
    /// A handler that carries requests for any host name, over plain HTTP, to the child: <c>/health</c>, <c>/v1/models</c>,
    /// <c>/v1/chat/completions</c>, <c>/v1/embeddings</c>. It waits while the child starts. What cannot be answered ends in
    /// an <see cref="HttpRequestException"/> whose message is for people; so does reading a streamed answer that cannot go on after a crash.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new ModelHostHandler(this, threads);

    /// <summary>Waits until the child listens, at most as long as a start takes.</summary>
    internal async Task<ModelHostAddress> AddressAsync(CancellationToken ct)
    {
        try
        {
            return await address.Task.WaitAsync(StartLimit, time, ct);
        }
        catch (TimeoutException e)
        {
            var why = Status.Problem ?? "It is still starting.";
            throw new HttpRequestException(
                HttpRequestError.ConnectionError,
                $"The model host does not answer. {why} Send the message again.",
                e
            );
        }
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        if (!options.Enabled)
        {
            Refuse("Local models are switched off (ModelHost:Enabled).");
            return;
        }

        threads.Answers(UseThreads);
        var folder = ModelHostFolder.Make(data);
        var socket = options.UseLoopback ? "" : ModelHostFolder.SocketPath(folder);
        var pause = TimeSpan.Zero;
        while (!ct.IsCancellationRequested && Status.State != ModelHostState.Unavailable)
        {
            var started = time.GetTimestamp();
            try
            {
                await RunOnceAsync(folder, socket, ct);
                pause = time.GetElapsedTime(started) > Steady ? TimeSpan.Zero : Longer(pause);
                await Task.Delay(pause, time, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
        }

        if (socket.Length > 0)
        {
            ModelHostFolder.RemoveSocket(folder, socket);
        }

        File.Delete(crashes.ActivityPath);
        if (Status.State != ModelHostState.Unavailable)
        {
            Status = Status with { State = ModelHostState.Stopped, ProcessId = null };
        }
    }

    private static TaskCompletionSource<ModelHostAddress> NewAddress() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TimeSpan Longer(TimeSpan pause) =>
        pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(250)
        : pause * 2 < LongestPause ? pause * 2
        : LongestPause;

    private async Task RunOnceAsync(string folder, string socket, CancellationToken ct)
    {
        ModelHostProcess process;
        try
        {
            process = ModelHostProcess.Start(ModelHostExecutable.Find(options.Executable), Arguments(socket), folder, log);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Refuse(
                $"The model host cannot be started: {e.Message}. Local models stay off; set ModelHost:Executable to republic's executable."
            );
            return;
        }

        var gone = new TaskCompletionSource<ModelHostEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (process)
        {
            try
            {
                var said = await process.Ready.WaitAsync(StartLimit, time, ct);
                Take(process);
                Status = Status with { State = ModelHostState.Running, ProcessId = process.Id };
                address.TrySetResult(ModelHostAddress.Of(socket, said, process.Secret, gone.Task));
                log.LogInformation("The model host runs as process {ProcessId}", process.Id);
                await process.WaitForExitAsync(ct);
            }
            catch (Exception e) when (e is IOException or TimeoutException)
            {
                await process.StopAsync();
            }

            Take(null);
            gone.SetResult(Ended(process));
        }
    }

    private void Take(ModelHostProcess? process)
    {
        lock (running)
        {
            current = process;
            process?.UseThreads(threadsNow);
        }
    }

    private void UseThreads(int count)
    {
        lock (running)
        {
            threadsNow = count;
            current?.UseThreads(count);
        }
    }

    private ModelHostEnd Ended(ModelHostProcess process)
    {
        var kind = process.EndKind;
        if (process.ExitCode == CannotRunHere)
        {
            Refuse(process.LastError);
            return ModelHostEnd.Of(kind, null);
        }

        if (address.Task.IsCompleted)
        {
            address = NewAddress();
        }

        var problem =
            kind == ModelHostEndKind.OutOfMemory
                ? "The model host ran out of memory and is started again."
                : $"The model host ended by itself (code {process.ExitCode}) and is started again.";
        var over = crashes.RecordExit(kind);
        Status = new ModelHostStatus(ModelHostState.Starting, null, Status.Crashes + 1, problem);
        log.LogError(
            "The model host, process {ProcessId}, ended with code {ExitCode}. {LastError}",
            process.Id,
            process.ExitCode,
            process.LastError
        );
        return ModelHostEnd.Of(kind, over);
    }

    private void Refuse(string problem)
    {
        Status = Status with { State = ModelHostState.Unavailable, ProcessId = null, Problem = problem };
        log.LogError("Local models are not available. {Problem}", problem);
        address.TrySetException(new HttpRequestException(HttpRequestError.ConnectionError, problem));
    }

    private ModelHostArguments Arguments(string socket) =>
        new(
            socket,
            [Path.Combine(AppContext.BaseDirectory, "models"), data.Folder("models"), .. options.Folders],
            threads.Threads,
            options.Sequences,
            options.ContextLength,
            options.MemoryMegabytes,
            options.QueueLength
        )
        {
            KeepAliveMinutes = options.KeepAliveMinutes,
            Adapters = [data.Folder("adapters")],
            Installed = data.Path(ModelFolders.Installed),
            Activity = crashes.ActivityPath,
            Quarantine = crashes.QuarantinePath,
        };
}
