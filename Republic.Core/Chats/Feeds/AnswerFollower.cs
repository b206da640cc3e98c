using Republic.Core.Chats.Answers;

namespace Republic.Core.Chats.Feeds;

/// <summary>
/// How much of a growing answer one reader has. Pieces may come twice, or early: on another node the saved text is up to a second
/// behind what is told live, so early pieces wait until the saved text reaches them.
/// </summary>
internal sealed class AnswerFollower(int length)
{
    private const int MaxWaiting = 4_096;
    private readonly List<AnswerDelta> waiting = [];

    public int Length { get; private set; } = length;

    /// <summary>How many of its stages the reader was told of; −1 where it has generation alone, null before the reader was told anything.</summary>
    public int? Stages { get; set; }

    /// <summary>Something between what the reader has and what was told is missing: look at the saved text.</summary>
    public bool HasGap => waiting.Count > 0;

    /// <summary>Returns what follows directly on what the reader has.</summary>
    public string Offer(AnswerDelta delta)
    {
        if (delta.Offset > Length)
        {
            if (waiting.Count == MaxWaiting)
            {
                waiting.Clear();
            }

            waiting.Add(delta);
            return "";
        }

        return Take(delta) + TakeWaiting();
    }

    /// <summary>Returns what the whole text so far adds to what the reader has.</summary>
    public string CatchUp(string text) => Take(new AnswerDelta(Guid.Empty, 0, text)) + TakeWaiting();

    private string TakeWaiting()
    {
        var taken = "";
        while (waiting.Count > 0 && waiting[0].Offset <= Length)
        {
            taken += Take(waiting[0]);
            waiting.RemoveAt(0);
        }

        return taken;
    }

    private string Take(AnswerDelta delta)
    {
        var skip = Length - delta.Offset;
        if (skip >= delta.Text.Length)
        {
            return "";
        }

        Length = delta.Offset + delta.Text.Length;
        return delta.Text[skip..];
    }
}
