namespace Republic.Bench;

/// <param name="App">republic.dll.</param>
/// <param name="MostKills">Killing ends with them, or with the time.</param>
internal sealed record Plan(string App, TimeSpan Lasts, long Seed, int MostKills)
{
    public const int ProviderPort = 5220;
    public const int FirstNodePort = 5221;
    public const int People = 4;

    /// <summary>Runs that are kept going.</summary>
    public const int AtOnce = 6;

    /// <summary>Of these, at most so many that train weights: on a node they compute one after the other.</summary>
    public const int WeightsAtOnce = 3;
    public const int Persona = 3;
    public const int Lora = 2;

    /// <summary>How well a version keeps what it could do is measured in bench/verdict; here that it is measured the same.</summary>
    public const int RetentionQuestions = 12;
    public static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(1);
}
