namespace Republic.Core;

/// <summary>
/// How long long work goes on trying where it gets no further by no fault that it knows of: a provider is away, a process of its was
/// killed. Ten times, with pauses that double up to half a minute, are two and a half minutes: a service that is started again, or memory
/// that others have for a while, is waited for. What is so every time ends the work, which can be started again.
/// </summary>
internal static class Patience
{
    public const int MostTries = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="tries">That came to nothing, one after the other; 1 or more.</param>
    public static TimeSpan After(int tries) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, tries - 1), Longest.TotalSeconds));
}
