using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Republic.Core.Tools.Servers;

namespace Republic.Core.Tools.Commands;

/// <summary>The connection of a conversation with a tool command, over its standard input and output. Its end kills the command and deletes its folder.</summary>
/// <param name="command">The name of the command, for the log.</param>
/// <param name="secrets">The variables that it was given.</param>
internal sealed class ToolCommandChannel(
    ToolServer server,
    string command,
    ToolCommandProcess run,
    string folder,
    ToolServerSecrets secrets,
    ILogger log
) : ToolServerChannel
{
    private const int MaxWords = 300;

    private readonly OneCallTransport transport = new(new StreamClientTransport(run.Input, run.Output, loggerFactory: null));

    public override IClientTransport Transport => transport;

    public override ToolServerSecrets Secrets => secrets;

    public override async Task<string> ExplainAsync(Exception error)
    {
        if (run.HasFlooded)
        {
            return $"{server.Name} wrote more than {ToolCommandProcess.MaxBytes >> 20} MB, and was ended.";
        }

        if (transport.HasRefused)
        {
            return $"{server.Name} asks to be asked again and again.";
        }

        if (ToolServerTrouble.Inner<McpProtocolException>(error) is { } said)
        {
            return $"{server.Name} refuses. It says: {ToolServerTrouble.WordsOf(said).AtMost(MaxWords)}";
        }

        var isLate =
            ToolServerTrouble.Inner<OperationCanceledException>(error) is not null
            || ToolServerTrouble.Inner<TimeoutException>(error) is not null;
        // Nobody but its patience ends one that has not answered.
        if (run.WasEnded || (isLate && run.ExitCode is null))
        {
            return $"{server.Name} did not answer within {ToolServerClient.Patience.TotalSeconds:0} seconds, and was ended. Tell a superuser.";
        }

        var advice = await LogWordsAsync();
        return run.ExitCode switch
        {
            // As shells have it: it is no program, or there is none.
            126 or 127 => $"{server.Name} could not be started: its command is not on this machine, or is no program. Tell a superuser.",
            { } code => $"{server.Name} ended by itself ({code}), or was ended at a limit of memory or processor time. {advice}",
            null => $"{server.Name} answered, but not as an MCP server does. {advice}",
        };
    }

    public override void End() => run.End();

    public override async ValueTask DisposeAsync()
    {
        await run.DisposeAsync();
        ToolCommandRunner.Remove(folder);
    }

    /// <summary>Logs its last words, which may show its command line: that is for superusers alone.</summary>
    /// <returns>What the person may do.</returns>
    private async Task<string> LogWordsAsync()
    {
        // One that ends closes its output first.
        var words = Secrets.Hide(await run.LastWordsAsync()).AtMost(MaxWords);
        if (words.Length == 0)
        {
            return "Tell a superuser.";
        }

        log.LogWarning("The tool command {Command} failed. Its last words: {Words}", command, words);
        return "Tell a superuser, who finds its last words in the log.";
    }
}
