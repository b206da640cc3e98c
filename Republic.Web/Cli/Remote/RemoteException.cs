namespace Republic.Web.Cli.Remote;

/// <summary>Why a running Republic could not be asked, or what it refused, in words for whoever typed the command.</summary>
/// <param name="passes">The same request may succeed in a moment: nothing listens, or what does is overloaded or starting.</param>
internal sealed class RemoteException(string message, int exitCode, bool passes = false) : Exception(message)
{
    public int ExitCode => exitCode;

    public bool Passes => passes;
}
