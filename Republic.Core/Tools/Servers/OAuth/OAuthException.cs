namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>A step of a sign-in failed, for a reason that people are told.</summary>
/// <param name="isRefused">The server said no, and will say it again; else it may be tried again.</param>
internal sealed class OAuthException(string message, bool isRefused = false) : Exception(message)
{
    public bool IsRefused => isRefused;
}
