namespace Republic.Core.Answering;

/// <summary>There is no answer, for a reason that is not the model's: no stage is left that could give one, or a needed stage failed.</summary>
public sealed class AnswerException(Failure failure) : Exception(failure.Message)
{
    public Failure Failure => failure;
}
