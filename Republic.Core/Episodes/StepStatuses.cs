using Republic.Core.Answering.Turns;

namespace Republic.Core.Episodes;

internal static class StepStatuses
{
    public static StepStatus Of(Step step) =>
        step.State switch
        {
            TurnState.Pending => StepStatus.Pending,
            TurnState.Streaming => StepStatus.Running,
            TurnState.Waiting => StepStatus.Waiting,
            // Its outcome or score is still asked for.
            TurnState.Complete when step.DoneSeq is null => StepStatus.Running,
            TurnState.Complete => StepStatus.Completed,
            _ => StepStatus.Failed,
        };
}
