using Republic.Core.Answering.Links;

namespace Republic.Web.Pages.Models;

/// <summary>What a minion answers from, as its form sends it: ticks that are there or not.</summary>
public sealed class KnowledgeForm
{
    public List<Guid> Linked { get; set; } = [];

    /// <summary>Of those that are linked.</summary>
    public List<Guid> Outside { get; set; } = [];

    public KnowledgeStages Stages { get; set; } = new();

    public static KnowledgeForm Of(KnowledgeCard card)
    {
        return new()
        {
            Linked = [.. card.Collections.Select(collection => collection.Id)],
            Outside = [.. card.Collections.Where(collection => collection.AnswersOutsideClients).Select(collection => collection.Id)],
            Stages = new()
            {
                Style = card.Stages.Style,
                Knowledge = card.Stages.Knowledge,
                Generation = card.Stages.Generation,
                AnswersWithoutPassages = card.Stages.AnswersWithoutPassages,
                Help = card.Stages.Help,
            },
        };
    }

    public KnowledgeInput ToInput() =>
        new(
            [.. Linked.Select(id => new LinkInput(id, Outside.Contains(id)))],
            new StagesInput(Stages.Style, Stages.Knowledge, Stages.Generation, Stages.AnswersWithoutPassages, Stages.Help)
        );
}
