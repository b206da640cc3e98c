namespace Republic.Web.Pages.Shared;

/// <summary>Hints beside figures: what counts as an answer and as a call. docs/figures.md has the full definitions.</summary>
public static class FigureHints
{
    public const string Answers = "An answer is what a minion gave, or tried to, in a chat or to an outside client.";

    public const string AnswerSuccess = "Success is the share of answers that came to their end; one that failed or was stopped did not.";

    public const string Rated =
        "Answers that you rated in chats. Good means a score above 0.7. The mean is of the last 100 scores, and is shown once there are five.";

    public const string Calls =
        "A call is one question sent to one model: an answer may take several, or none where it came from memory or documents.";

    public const string CallSuccess =
        "Success is the share of calls that were answered; those stopped, wrong in themselves, or made to try a key or a model are left out.";
}
