using Republic.Core.Training.Measuring;

namespace Republic.Core.Training;

/// <summary>Settings below <c>Training</c>, and <c>EXTERNAL_TRAINING_ENABLED</c>.</summary>
public sealed class TrainingOptions
{
    public const string EnabledSetting = "EXTERNAL_TRAINING_ENABLED";
    public const string ProvidersSetting = "DEFAULT_PROVIDERS";

    /// <summary>Runs for minions on models outside this machine.</summary>
    public bool ExternalEnabled { get; set; } = true;

    /// <summary>How many runs one node works on at once; of those that train weights one computes, and the others wait.</summary>
    public int AtOnce { get; set; } = 2;

    /// <summary>What a run that dies while it trains weights has to do again, at most.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many of one person's runs may be waiting or at work.</summary>
    public int PerPerson { get; set; } = 50;

    /// <summary>How long one person's runs may work in 24 hours, in minutes; 0 sets no limit.</summary>
    public int MinutesPerDay { get; set; }

    /// <summary>What one person's runs and their weights may take on the disk; 0 sets no limit.</summary>
    public long DiskBytesPerPerson { get; set; } = 10L << 30;

    /// <summary>
    /// How many questions tell at most what a version kept; 0 asks all there are. Fewer take less time and tell less: of 80 the same
    /// version keeps two or three more or fewer by which they are.
    /// </summary>
    public int RetentionQuestions { get; set; }

    /// <summary>Outside providers whose minions may be trained, by their catalogue names; none named allows all.</summary>
    public IReadOnlyList<string> Providers { get; set; } = [];
}
