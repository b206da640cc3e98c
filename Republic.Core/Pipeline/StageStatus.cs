namespace Republic.Core.Pipeline;

public enum StageStatus
{
    Done,
    Skipped,
    Failed,
}
