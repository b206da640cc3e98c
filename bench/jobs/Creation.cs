namespace Republic.Bench;

/// <summary>Many people make runs.</summary>
internal static class Creation
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Everybody one a second. Counted from when it was due, so that waiting for one's turn counts too.</summary>
    public static async Task<Spread> PacedAsync(IReadOnlyList<Person> people, int each)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var took = await Task.WhenAll(
            people.Select(
                async (person, i) =>
                {
                    List<double> own = [];
                    for (var n = 0; n < each; n++)
                    {
                        var due = Pause * (n + ((double)i / people.Count));
                        if (due - TimeProvider.System.GetElapsedTime(begin) is { Ticks: > 0 } early)
                        {
                            await Task.Delay(early);
                        }

                        await person.MakeAsync();
                        own.Add((TimeProvider.System.GetElapsedTime(begin) - due).TotalMilliseconds);
                    }

                    return own;
                }
            )
        );
        return new Spread(took.SelectMany(own => own));
    }

    /// <summary>Everybody one after the other, without a pause.</summary>
    public static async Task<(Spread Took, double PerSecond)> RushAsync(IReadOnlyList<Person> people, TimeSpan time)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var took = await Task.WhenAll(
            people.Select(async person =>
            {
                List<double> own = [];
                while (TimeProvider.System.GetElapsedTime(begin) < time)
                {
                    own.Add(await TimeAsync(person.MakeAsync));
                }

                return own;
            })
        );
        var all = new Spread(took.SelectMany(own => own));
        return (all, all.Count / TimeProvider.System.GetElapsedTime(begin).TotalSeconds);
    }

    /// <summary>From asking for the stream of a new run to its first event, one after the other.</summary>
    public static async Task<Spread> FirstEventAsync(IReadOnlyList<Person> people)
    {
        List<double> took = [];
        foreach (var person in people)
        {
            var run = await person.MakeAsync();
            took.Add(
                await TimeAsync(async () =>
                {
                    await using var names = person.NamesAsync(run).GetAsyncEnumerator();
                    await names.MoveNextAsync();
                })
            );
        }

        return new Spread(took);
    }

    /// <summary>From pressing start to the first step at work, as somebody sees it who looks on.</summary>
    public static async Task<Spread> FirstStepAsync(IReadOnlyList<Person> people)
    {
        List<double> took = [];
        foreach (var person in people)
        {
            var run = await person.MakeAsync();
            await using var names = person.NamesAsync(run).GetAsyncEnumerator();
            await names.MoveNextAsync();
            took.Add(
                await TimeAsync(async () =>
                {
                    var starting = person.StartAsync(run);
                    while (await names.MoveNextAsync() && names.Current != "step")
                    {
                        // Progress: it waits, it is taken.
                    }

                    await starting;
                })
            );
            await person.StopAsync(run);
        }

        return new Spread(took);
    }

    private static async Task<double> TimeAsync(Func<Task> what)
    {
        var begin = TimeProvider.System.GetTimestamp();
        await what();
        return TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds;
    }
}
