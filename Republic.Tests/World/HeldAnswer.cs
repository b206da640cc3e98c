using Microsoft.Playwright;

namespace Republic.Tests.World;

/// <summary>The answer to one request, which reaches the page only when the test says so.</summary>
public sealed class HeldAnswer
{
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The server has answered.</summary>
    public Task Asked => asked.Task;

    public void LetGo() => released.TrySetResult();

    public async Task HoldAsync(IRoute route)
    {
        var answer = await route.FetchAsync();
        asked.TrySetResult();
        await released.Task;
        try
        {
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
        }
        catch (PlaywrightException)
        {
            // The page no longer waits for it.
        }
    }
}
