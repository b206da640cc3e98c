namespace Republic.Core.Training.Configuration;

/// <summary>What a run is made of, as far as its configuration depends on it.</summary>
public sealed record RunParts(TrainingType Type, int Datasets, int Collections)
{
    public bool LinksCollections => Type != TrainingType.LoraOnly;
}
