namespace Republic.Bench;

/// <summary>A kind of requests.</summary>
/// <param name="ask">Sends the n-th one, and fails where its answer is not right.</param>
internal sealed class Kind(string name, Func<int, Task> ask)
{
    public string Name => name;

    /// <summary>A search through the API.</summary>
    public bool IsSearch { get; init; }

    /// <summary>It takes long, and is asked less often.</summary>
    public bool IsLong { get; init; }

    /// <summary>Milliseconds.</summary>
    public List<double> Took { get; } = [];

    public static void Expect(bool isRight, string what)
    {
        if (!isRight)
        {
            throw new InvalidOperationException($"Not right: {what}");
        }
    }

    public async Task AskAsync(int number, bool counts)
    {
        var begin = TimeProvider.System.GetTimestamp();
        await ask(number);
        if (counts)
        {
            Took.Add(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
        }
    }
}
