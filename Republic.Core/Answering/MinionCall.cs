using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Traces;
using Republic.Core.Minions;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Answering;

/// <summary>Which minion is asked, or which version of it, for whom, and by which route. The turns and the character come with the request.</summary>
/// <param name="Minion">Belongs to the person for whom it answers: it may look up only what is theirs.</param>
/// <param name="Route">The models that may answer. The purpose of the call, as usage pages tell it apart, is the route's.</param>
public sealed record MinionCall(Minion Minion, ModelRoute Route, AnswerAudience Audience)
{
    /// <summary>The stages before the model; null asks the model alone.</summary>
    public MinionPipeline? Pipeline { get; init; } = Minion.Pipeline;

    /// <summary>The collections to answer from; null for those that the minion is linked to.</summary>
    public IReadOnlyCollection<Guid>? Collections { get; init; }

    /// <summary>The text that the collections are searched for; null for the text of the last turn.</summary>
    public string? Query { get; init; }

    public string? StyleModel { get; init; } = Minion.StyleModel;

    public string? StyleAdapter { get; init; } = Minion.StyleAdapter;

    /// <summary>The chat that it is asked in; null where there is none.</summary>
    public Guid? Conversation { get; init; }

    /// <summary>The most tokens that its model takes; null where nobody has said.</summary>
    public int? ContextLength { get; init; }

    /// <summary>The number of turns, from the first one on, that the model refused before as too many.</summary>
    public int Omitted { get; init; }

    /// <summary>The tools of the minion in this answer; null for none.</summary>
    public ToolSession? Tools { get; init; }

    /// <summary>The stages that this answer went through before it waited, which are not gone through again; null where it begins.</summary>
    public AnswerTrace? Resumed { get; init; }

    /// <summary>Throws where a stage failed, instead of asking the model without it.</summary>
    public bool NeedsEveryStage { get; init; }

    /// <summary>The monotonic timestamp from which the receipt counts; null for the moment at which the client is built.</summary>
    public long? StartedAt { get; init; }
}
