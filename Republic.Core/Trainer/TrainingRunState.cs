namespace Republic.Core.Trainer;

public enum TrainingRunState
{
    /// <summary>Another run computes.</summary>
    Waiting,
    Running,

    /// <summary>It gave back its memory and its threads. As after a stop or a failure, it goes on from its checkpoint.</summary>
    Paused,
    Stopped,
    Failed,
    Done,
}
