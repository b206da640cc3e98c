using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Tasks;

/// <summary>One start of a minion's work on a task.</summary>
/// <param name="State">pending, working, handed_in, waiting, failed or stopped.</param>
/// <param name="Phase">The activity of a minion at work.</param>
/// <param name="Error">The reason why it failed or was stopped.</param>
internal sealed record RemoteAttempt(string? State, string? Phase, string? Error)
{
    /// <summary>What became of it, for people.</summary>
    public string Words =>
        State switch
        {
            "pending" => "waits for its turn",
            "working" => With("at work", Phase),
            "handed_in" => "handed in",
            "waiting" => "waits for your answer: republic tasks comment",
            "failed" => With("failed", Error),
            "stopped" => With("stopped", Error),
            var other => RemoteText.OneLine(other),
        };

    private static string With(string words, string? more) =>
        RemoteText.OneLine(more) is { Length: > 0 } known ? $"{words}: {known}" : words;
}
