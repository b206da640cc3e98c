namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>Turns by a key: so many of one key have theirs at once, and others wait in memory, in the order in which they came.</summary>
internal sealed class KeyedTurns(int atOnce)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Line> lines = [];

    /// <summary>The number of keys of which somebody has a turn or waits for one.</summary>
    public int Keys
    {
        get
        {
            lock (gate)
            {
                return lines.Count;
            }
        }
    }

    /// <returns>What ends the turn when it is disposed, once.</returns>
    public async Task<IDisposable> TakeAsync(Guid key, CancellationToken ct)
    {
        var line = Join(key);
        try
        {
            await line.Places.WaitAsync(ct);
        }
        catch
        {
            Leave(line);
            throw;
        }

        return new Turn(this, line);
    }

    private Line Join(Guid key)
    {
        lock (gate)
        {
            if (!lines.TryGetValue(key, out var line))
            {
                lines[key] = line = new Line(key, atOnce);
            }

            line.People++;
            return line;
        }
    }

    private void Leave(Line line)
    {
        lock (gate)
        {
            if (--line.People == 0)
            {
                lines.Remove(line.Key);
            }
        }
    }

    private sealed class Line(Guid key, int atOnce)
    {
        public Guid Key => key;

        public SemaphoreSlim Places { get; } = new(atOnce);

        /// <summary>Those who have a turn, and those who wait.</summary>
        public int People { get; set; }
    }

    private sealed class Turn(KeyedTurns turns, Line line) : IDisposable
    {
        public void Dispose()
        {
            line.Places.Release();
            turns.Leave(line);
        }
    }
}
