using Republic.Core.Answering.Traces;

namespace Republic.Core.Answering.Tools;

/// <summary>The tools of a minion in one answer, the record of its calls, and the passages that they read.</summary>
public sealed class ToolSession(IToolJournal journal)
{
    /// <summary>The most calls in one answer.</summary>
    public const int MaxCalls = 8;

    /// <summary>The time that one call may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<CitedPassage> passages = [];
    private int highest;

    /// <summary>Set once, before the answer begins: the tools themselves may need the session.</summary>
    public IReadOnlyList<OfferedTool> Offered { get; set; } = [];

    public IToolJournal Journal => journal;

    /// <summary>The rounds that this answer had before it waited; none where it begins.</summary>
    public IReadOnlyList<ToolRound> Earlier { get; init; } = [];

    /// <summary>A person can be asked for approval; where nobody can, what needs it is refused.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Passages that the answer may cite, numbered from 1: those that the stages found, and those that tools have read since.</summary>
    public IReadOnlyList<CitedPassage> Passages => passages;

    /// <summary>Something that somebody else may have written has been given to the model in this answer.</summary>
    public bool HasReadOthers { get; set; }

    /// <summary>Gives a passage that a tool read its number; one that is known keeps the number that it has.</summary>
    public CitedPassage Cite(CitedPassage passage)
    {
        if (passages.Find(known => known.PassageId == passage.PassageId && known.Address == passage.Address) is { } known)
        {
            return known;
        }

        // A prompt that was too long is asked again with fewer passages: numbers that were given are not given to others.
        var numbered = passage with
        {
            Number = ++highest,
        };
        passages.Add(numbered);
        return numbered;
    }

    /// <summary>Takes over the passages that the stages found, as they are numbered.</summary>
    internal void Begin(IReadOnlyList<CitedPassage> found)
    {
        passages.Clear();
        passages.AddRange(found);
        highest = Math.Max(highest, found.Select(passage => passage.Number).DefaultIfEmpty(0).Max());
        // What servers say of their tools stands in the prompt; and an answer that waited has what its calls gave before.
        HasReadOthers |= found.Count > 0 || Earlier.Count > 0 || Offered.Any(tool => tool.ServerId is not null);
    }
}
