namespace Republic.Web.Cli.Remote;

/// <summary>One command at a running Republic: with the token of the environment, and with the reason in the terminal where it fails.</summary>
/// <param name="environment">Reads an environment variable; null where it is not set.</param>
internal sealed class RemoteSession(TextWriter error, Func<string, string?> environment)
{
    private const string TokenVariable = "REPUBLIC_TOKEN";

    /// <summary>Does the work, and gives the exit code.</summary>
    /// <param name="server">The address of the server, with a slash at its end.</param>
    public async Task<int> RunAsync(Uri server, Func<RemoteRepublic, Task<int>> work, CancellationToken ct)
    {
        if (server is { Scheme: "http", IsLoopback: false } && !server.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            await error.WriteLineAsync(
                $"{server} is not encrypted: anyone on the network path can read and use the token. Use https where possible."
            );
        }

        try
        {
            using var republic = new RemoteRepublic(server, Token(server));
            return await work(republic);
        }
        catch (RemoteException refused)
        {
            await error.WriteLineAsync(refused.Message);
            return refused.ExitCode;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ExitCode.Stopped;
        }
    }

    private string Token(Uri server)
    {
        var token = environment(TokenVariable)?.Trim();
        return string.IsNullOrEmpty(token)
                ? throw new RemoteException(
                    $"{TokenVariable} is not set. Make an access token at {server}account/tokens and put it there.",
                    ExitCode.WrongUse
                )
            : token.All(letter => char.IsAscii(letter) && !char.IsControl(letter) && letter != ' ') ? token
            : throw new RemoteException(
                $"{TokenVariable} holds what no token has: a space, or signs beyond ASCII. Copy the token anew.",
                ExitCode.WrongUse
            );
    }
}
