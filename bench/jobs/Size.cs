namespace Republic.Bench;

/// <summary>How much one round does.</summary>
internal sealed record Size
{
    /// <summary>Enough to show that it runs.</summary>
    public static Size Quick { get; } =
        new()
        {
            People = 5,
            RunsEach = 2,
            Rush = TimeSpan.FromSeconds(1),
            Events = 3,
        };

    public int Viewers { get; init; }

    public int People { get; init; } = 50;

    /// <summary>Runs that a person makes one a second.</summary>
    public int RunsEach { get; init; } = 10;

    /// <summary>How long they make runs without a pause.</summary>
    public TimeSpan Rush { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>That all viewers wait for.</summary>
    public int Events { get; init; } = 10;
}
