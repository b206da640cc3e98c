using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Republic.Core.Tools.Commands;

/// <summary>
/// One run of a tool command: a child that leads a process group of its own, knows nothing of its surroundings but what it is given, and may take so
/// much of the machine. At the end it is killed with its descendants and its group.
/// </summary>
internal sealed partial class ToolCommandProcess : IAsyncDisposable
{
    /// <summary>The most bytes of its standard output that are read.</summary>
    public const int MaxBytes = 4 << 20;

    private const int MaxComplaint = 2000;
    private const int Kill = 9;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <summary>
    /// No core files, a minute of processor time, files of up to 64 MB, 256 open files, and of memory what the argument says in kilobytes, for each
    /// process. Where the system holds it to less already, that stays.
    /// </summary>
    private const string Limits = """
        ulimit -c 0; ulimit -t 60 2>/dev/null; ulimit -f 131072 2>/dev/null; ulimit -n 256 2>/dev/null; ulimit -d "$1" 2>/dev/null
        shift; exec "$@"
        """;

    private readonly Process process;
    private readonly Task complaining;
    private readonly CancellationTokenRegistration ending;
    private readonly byte[] tail = new byte[MaxComplaint];
    private int tailLength;

    private ToolCommandProcess(Process process, CancellationToken ct)
    {
        this.process = process;
        Id = process.Id;
        Input = process.StandardInput.BaseStream;
        Output = new CountedStream(process.StandardOutput.BaseStream, this);
        complaining = HearComplaintsAsync();
        ending = ct.UnsafeRegister(run => ((ToolCommandProcess)run!).End(), this);
    }

    public int Id { get; }

    /// <summary>The stream to its standard input.</summary>
    public Stream Input { get; }

    /// <summary>Its standard output, at most <see cref="MaxBytes"/> of it.</summary>
    public Stream Output { get; }

    /// <summary>It wrote more than is read.</summary>
    public bool HasFlooded { get; private set; }

    /// <summary>It ran when it was ended from here.</summary>
    public bool WasEnded { get; private set; }

    /// <summary>The exit code, 128 and the signal's number where a signal ended it; null while it runs.</summary>
    public int? ExitCode => process.HasExited ? process.ExitCode : null;

    /// <param name="folder">The folder in which it works; its HOME too.</param>
    /// <param name="environment">The variables that it gets beside PATH, HOME and LANG.</param>
    /// <param name="memory">The most memory of each process, in kilobytes.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="Win32Exception">The shell, or setsid, is not on this machine.</exception>
    public static ToolCommandProcess Start(
        ToolCommand command,
        IReadOnlyDictionary<string, string> environment,
        string folder,
        string memory,
        CancellationToken ct
    )
    {
        // A session of its own is a process group of its own, and has no terminal to speak to.
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Limits, "sh", memory, command.Command, .. command.Arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin";
        start.Environment["LANG"] = Environment.GetEnvironmentVariable("LANG") ?? "C.UTF-8";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["HOME"] = folder;
        return new ToolCommandProcess(Process.Start(start) ?? throw new Win32Exception("setsid did not start."), ct);
    }

    /// <summary>The last line or two of its standard error, once it has ended or was given the time to.</summary>
    public async Task<string> LastWordsAsync()
    {
        var over = Task.WhenAll(complaining, process.WaitForExitAsync(CancellationToken.None));
        await over.WaitAsync(Farewell, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        string text;
        lock (tail)
        {
            text = Encoding.UTF8.GetString(tail, 0, tailLength);
        }

        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new string([.. string.Join(' ', lines.TakeLast(2)).Where(sign => !char.IsControl(sign) && sign != '\uFFFD')]);
    }

    /// <summary>Kills it with its descendants and its group.</summary>
    public void End()
    {
        try
        {
            WasEnded |= !process.HasExited;
            // Its descendants first, while it is there to be their ancestor: also those that left its group.
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself, or one of them has meanwhile.
        }

        _ = Signal(-Id, Kill);
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever ends it at this moment is waited for.
        await ending.DisposeAsync();
        End();
        await process
            .WaitForExitAsync(CancellationToken.None)
            .WaitAsync(Farewell, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process.Dispose();
    }

    private async Task HearComplaintsAsync()
    {
        var stream = process.StandardError.BaseStream;
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer) is var count and > 0)
            {
                Keep(buffer.AsSpan(0, count));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <summary>The end of it all, however much there is.</summary>
    private void Keep(ReadOnlySpan<byte> said)
    {
        lock (tail)
        {
            var fresh = said.Length > tail.Length ? said[^tail.Length..] : said;
            var kept = Math.Min(tailLength, tail.Length - fresh.Length);
            tail.AsSpan(tailLength - kept, kept).CopyTo(tail);
            fresh.CopyTo(tail.AsSpan(kept));
            tailLength = kept + fresh.Length;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    private sealed class CountedStream(Stream inner, ToolCommandProcess run) : ForwardStream(inner)
    {
        private long received;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await Below.ReadAsync(buffer, cancellationToken);
            received += count;
            if (received > MaxBytes)
            {
                run.HasFlooded = true;
                throw new IOException("It wrote more than is read.");
            }

            return count;
        }
    }
}
