namespace Republic.Core.Answering.Traces;

public enum StageStatus
{
    Done,
    Skipped,
    Failed,
}
