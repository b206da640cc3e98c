namespace Republic.Bench;

/// <param name="App">republic.dll.</param>
/// <param name="MostKills">Killing ends with them, or with the time.</param>
internal sealed record Plan(string App, TimeSpan Lasts, long Seed, int MostKills)
{
    public const int ProviderPort = 5220;
    public const int FirstNodePort = 5221;
    public const int People = 4;

    /// <summary>Kinds of runs that ask the provider.</summary>
    public int Persona { get; init; } = 3;

    /// <summary>Kinds of runs that train weights.</summary>
    public int Lora { get; init; } = 2;

    /// <summary>How often each kind is made in peace. What differs between two would say nothing about kills.</summary>
    public int Calm { get; init; } = 2;

    /// <summary>Runs that are kept going.</summary>
    public int AtOnce { get; init; } = 6;

    /// <summary>Of these, at most so many that train weights: on a node they compute one after the other.</summary>
    public const int WeightsAtOnce = 3;

    /// <summary>How well a version keeps what it could do is measured in bench/verdict; here that it is measured the same.</summary>
    public const int RetentionQuestions = 12;
    public static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(1);

    /// <summary>As short as the runs, too.</summary>
    public static readonly TimeSpan HoldFor = TimeSpan.FromSeconds(5);
}
