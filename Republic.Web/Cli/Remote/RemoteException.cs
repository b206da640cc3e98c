namespace Republic.Web.Cli.Remote;

/// <summary>A request to a server failed or was refused. The message is for the user of the command.</summary>
/// <param name="exitCode">The exit code of the command.</param>
/// <param name="isTransient">The same request may succeed in a moment: nothing listens, or what does is overloaded or starting.</param>
internal sealed class RemoteException(string message, int exitCode, bool isTransient = false) : Exception(message)
{
    public int ExitCode => exitCode;

    public bool IsTransient => isTransient;
}
