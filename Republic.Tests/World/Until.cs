namespace Republic.Tests.World;

/// <summary>Waits for something that happens by itself. The limit only keeps a broken test from hanging.</summary>
public static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience ?? Limit);
        while (!await condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Calls until the call gives something.</summary>
    public static async Task<T> SomethingAsync<T>(Func<Task<T?>> find, TimeSpan? patience = null)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await find()) is not null, patience);
        return found!;
    }
}
