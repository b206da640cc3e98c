using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Host;
using Republic.Core.Inference.Http;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference;

/// <summary>
/// The child process. It says <c>ready</c> on standard output once it listens, with its address on loopback where there
/// is no Unix socket, and ends when standard input does: its parent holds the other end, however that came to die.
/// </summary>
public static class ModelHostProgram
{
    internal const string Ready = "ready";
    private const int CannotStart = 3;

    public static async Task<int> RunAsync(ModelHostArguments arguments, TextReader input, TextWriter output)
    {
        var secret = arguments.Socket.Length == 0 ? await input.ReadLineAsync() ?? "" : "";
        try
        {
            LlamaRuntime.EnsureStarted();
        }
        catch (NativeLibraryException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CannotStart;
        }

        await using var pool = new ModelPool(arguments);
        await using var app = ModelHostServer.Build(arguments, pool, secret);
        await ListenAsync(app, arguments.Socket);

        await output.WriteLineAsync(
            $"{Ready} {app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}"
        );
        await output.FlushAsync();
        await ListenToParentAsync(input, pool);
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(soon.Token);
        return 0;
    }

    private static async Task ListenAsync(WebApplication app, string socket)
    {
        if (socket.Length == 0)
        {
            await app.StartAsync();
            return;
        }

        File.Delete(socket);
        await app.StartAsync();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>The host's console lifetime swallows interrupts and termination: the parent decides when answers end.</summary>
    private static async Task ListenToParentAsync(TextReader input, ModelPool pool)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            if (ThreadsLine.Read(line) is { } count)
            {
                pool.UseThreads(count);
            }
        }
    }
}
