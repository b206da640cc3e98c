namespace Republic.Core.Datasets.Versions;

/// <summary>Ends the making of a version wherever in it the room ran out; whoever began it makes a failure of it.</summary>
internal sealed class QuotaExceededException(Failure failure) : Exception
{
    public Failure Failure => failure;

    public static QuotaExceededException OnDisk(long most) =>
        new(
            new Failure(
                FailureKind.QuotaExceeded,
                $"The version would take more than {ByteSize.Of(Math.Max(0, most))} on the disk, which is all that is left to you here. "
                    + "Delete datasets you no longer need.",
                []
            )
        );

    public static QuotaExceededException InMemory(int most) =>
        new(
            Failure.Invalid(
                "file",
                FormattableString.Invariant(
                    $"The file has more than {most:n0} good rows, which are as many as can be compared in the memory here. Split it."
                )
            )
        );
}
