namespace Republic.Core.Knowledge.Ingest;

internal static class LostEdits
{
    public static Failure Of(int edited) =>
        Failure.Invalid(
            "lose_edits",
            edited == 1
                ? "Cutting anew would lose the one passage that you changed. Say that it may go, or leave the cutting as it is."
                : $"Cutting anew would lose {edited} passages that you changed. Say that they may go, or leave the cutting as it is."
        );
}
