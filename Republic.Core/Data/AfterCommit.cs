using Microsoft.Extensions.Logging;

namespace Republic.Core.Data;

/// <summary>Runs what follows a committed change. A step that fails is logged: the change is saved, and the steps after it run all the same.</summary>
public sealed class AfterCommit(ILogger<AfterCommit> log)
{
    /// <param name="steps">Run in this order, and to their end even where the request was given up.</param>
    public async Task RunAsync(params IEnumerable<Func<CancellationToken, Task>> steps)
    {
        foreach (var step in steps)
        {
            try
            {
                await step(CancellationToken.None);
            }
            catch (Exception error)
            {
                log.LogError(error, "A change is saved, and a step that follows it failed");
            }
        }
    }
}
