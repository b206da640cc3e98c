namespace Republic.Core.Datasets.Versions;

/// <summary>Ends the making of a version wherever in it the bytes ran out; whoever began it makes a failure of it.</summary>
internal sealed class OverBudgetException(long most) : Exception
{
    public Failure Failure { get; } =
        new(
            FailureKind.OverBudget,
            $"The version would take more than {ByteSize.Of(Math.Max(0, most))} on the disk, which is all that is left to you here. "
                + "Delete datasets you no longer need.",
            []
        );
}
