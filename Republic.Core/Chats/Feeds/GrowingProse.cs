using System.Text;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Prose;
using Republic.Core.Events;

namespace Republic.Core.Chats.Feeds;

/// <summary>An answer as one browser sees it grow: the text so far, and the blocks of HTML it already has.</summary>
internal sealed class GrowingProse
{
    private readonly TextFollower follower = new(0);
    private readonly StringBuilder text = new();
    private IReadOnlyList<string> shown = [];
    private bool isDirty = true;
    private Citations? citations;

    /// <summary>How many passages it may cite, told before its first word.</summary>
    public void Cites(Guid message, int passages)
    {
        var now = new Citations(message, passages);
        isDirty |= now != citations;
        citations = now;
    }

    public bool HasGap => follower.HasGap;

    public void Offer(AnswerDelta delta) => Add(follower.Offer(delta.Offset, delta.Text));

    public void CatchUp(string whole) => Add(follower.CatchUp(whole));

    /// <summary>The tail that changed since the last time, or null. A browser replaces its blocks from that number on.</summary>
    public (int FromBlock, IReadOnlyList<string> Blocks)? Render()
    {
        if (!isDirty)
        {
            return null;
        }

        isDirty = false;
        var blocks = ProseHtml.Blocks(text.ToString(), citations);
        var same = 0;
        while (same < blocks.Count && same < shown.Count && blocks[same] == shown[same])
        {
            same++;
        }

        shown = blocks;
        return (same, [.. blocks.Skip(same)]);
    }

    private void Add(string added)
    {
        text.Append(added);
        isDirty |= added.Length > 0;
    }
}
