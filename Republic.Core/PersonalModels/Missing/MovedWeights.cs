namespace Republic.Core.PersonalModels.Missing;

/// <summary>What became of trained weights when their minion was moved to another model.</summary>
public enum MovedWeights
{
    /// <summary>The model has the file that they were trained on.</summary>
    Kept,

    /// <summary>They mean nothing on its file.</summary>
    OutOfUse,
}
