using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Republic.Bench;

/// <summary>A process that is measured. It is up when something listens on its port.</summary>
internal sealed class Server : IAsyncDisposable
{
    private const double Tick = 0.01;
    private const int Terminate = 15;

    private readonly Process process;

    private Server(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Resident, in MB.</summary>
    public double Memory => Environment.SystemPageSize * double.Parse(Stat(21), CultureInfo.InvariantCulture) / (1 << 20);

    public double CpuSeconds =>
        Tick * (double.Parse(Stat(11), CultureInfo.InvariantCulture) + double.Parse(Stat(12), CultureInfo.InvariantCulture));

    public static async Task<Server> StartAsync(string program, int port, string[] arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            // Settings lie beside the program.
            WorkingDirectory = program == "dotnet" ? Path.GetDirectoryName(Path.GetFullPath(arguments[0])) : "",
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var said = new List<string?>();
        var started = new Process { StartInfo = start };
        started.OutputDataReceived += (_, line) => Hear(line.Data);
        started.ErrorDataReceived += (_, line) => Hear(line.Data);
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        var server = new Server(started, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
        for (var tries = 0; !await ListensAsync(port); tries++)
        {
            if (started.HasExited || tries > 600)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} does not listen:\n{string.Join('\n', said)}");
            }

            await Task.Delay(100);
        }

        return server;

        void Hear(string? line)
        {
            lock (said)
            {
                if (said.Count < 50)
                {
                    said.Add(line);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Asked, for whoever is killed leaves its database running.
        if (!process.HasExited && Kill(process.Id, Terminate) == 0)
        {
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(30)));
        }

        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private string Stat(int field)
    {
        // The name of a program may hold blanks and brackets.
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat"));
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[field];
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
