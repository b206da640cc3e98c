namespace Republic.Core.Events;

/// <summary>
/// How much of a growing text one reader has. Pieces may come twice, or early: on another node the saved text is up to a second behind
/// what is published live, so early pieces wait until the saved text reaches them.
/// </summary>
internal class TextFollower(int length)
{
    private const int MaxWaiting = 4_096;
    private readonly List<(int Offset, string Text)> waiting = [];

    /// <summary>In UTF-16 units, as JavaScript counts them.</summary>
    public int Length { get; private set; } = length;

    /// <summary>Something between what the reader has and what was published is missing: look at the saved text.</summary>
    public bool HasGap => waiting.Count > 0;

    /// <summary>Returns what follows directly on what the reader has.</summary>
    public string Offer(int offset, string text)
    {
        if (offset > Length)
        {
            if (waiting.Count == MaxWaiting)
            {
                waiting.Clear();
            }

            waiting.Add((offset, text));
            return "";
        }

        return Take(offset, text) + TakeWaiting();
    }

    /// <summary>Returns what the whole text so far adds to what the reader has.</summary>
    public string CatchUp(string text) => Take(0, text) + TakeWaiting();

    private string TakeWaiting()
    {
        var taken = "";
        while (waiting.Count > 0 && waiting[0].Offset <= Length)
        {
            taken += Take(waiting[0].Offset, waiting[0].Text);
            waiting.RemoveAt(0);
        }

        return taken;
    }

    private string Take(int offset, string text)
    {
        var skip = Length - offset;
        if (skip >= text.Length)
        {
            return "";
        }

        Length = offset + text.Length;
        return text[skip..];
    }
}
