using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;
using Republic.Core.Security;
using Republic.Core.Tools.Servers;

namespace Republic.Core.Tools.Commands;

/// <summary>Runs tool commands of the list, each conversation in a child and an empty folder of its own.</summary>
public sealed class ToolCommandRunner(
    IDbContextFactory<RepublicDb> databases,
    SecretBox box,
    DataFolder data,
    IOptionsMonitor<ToolOptions> options,
    TimeProvider time,
    ILogger<ToolCommandRunner> log
)
{
    internal const string Gone =
        "Its command is not on the list of this Republic any more, so nothing is run. Delete this server, or ask a superuser about the command.";

    private const string Folder = "tool-commands";

    /// <summary>No conversation takes as long: what is older was left by a process that died.</summary>
    private static readonly TimeSpan Leftover = TimeSpan.FromHours(1);

    /// <param name="ct">Also ends what was started.</param>
    /// <exception cref="ToolException">Nothing can be run, and why.</exception>
    internal async Task<ToolServerChannel> StartAsync(ToolServer server, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new ToolException(
                "Commands are run on Linux alone: other systems cannot hold them to limits. Add the server by its URL."
            );
        }

        var command = await FindAsync(server.Id, ct) ?? throw new ToolException(Gone);
        var environment = command.SealedEnvironment is { } kept
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(box.Open(kept, ToolCommand.SealedKeys.For(command.Id)))!
            : [];
        ClearLeftovers();
        var folder = data.Folder(Folder, Guid.CreateVersion7().ToString("N"));
        try
        {
            var kilobytes = Math.Max(1, options.CurrentValue.CommandMegabytes) * 1024L;
            return new ToolCommandChannel(
                server,
                command.Name,
                ToolCommandProcess.Start(command, environment, folder, kilobytes.ToString(CultureInfo.InvariantCulture), ct),
                folder,
                ToolServerSecrets.Of(environment, tokens: null),
                log
            );
        }
        catch (Win32Exception)
        {
            Remove(folder);
            throw new ToolException(
                $"{server.Name} could not be started: this machine has no sh or no setsid. Ask a superuser to install them."
            );
        }
    }

    /// <summary>Deletes what a run left. Links in it are deleted and not followed.</summary>
    internal static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A process that just dies still writes there, or it took the right away: later runs try again.
        }
    }

    /// <summary>The command as the list has it now, and not as it was when the server was read.</summary>
    private async Task<ToolCommand?> FindAsync(Guid server, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .ToolServers.Where(one => one.Id == server)
            .Join(db.ToolCommands, one => one.CommandId, command => (Guid?)command.Id, (_, command) => command)
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
    }

    private void ClearLeftovers()
    {
        var before = time.GetUtcNow().UtcDateTime - Leftover;
        foreach (var left in new DirectoryInfo(data.Folder(Folder)).EnumerateDirectories().Where(left => left.CreationTimeUtc < before))
        {
            Remove(left.FullName);
        }
    }
}
