namespace Republic.Core.Training;

/// <summary>Settings below <c>Training</c>, and <c>EXTERNAL_TRAINING_ENABLED</c>.</summary>
public sealed class TrainingOptions
{
    /// <summary>Runs for minions on models outside this machine.</summary>
    public bool ExternalEnabled { get; set; } = true;

    /// <summary>How many runs one node works on at once; of those that train weights one computes, and the others wait.</summary>
    public int AtOnce { get; set; } = 2;

    /// <summary>How many of one person's runs may be waiting or at work.</summary>
    public int PerPerson { get; set; } = 50;
}
