using Republic.Core.Answering.Links;
using Republic.Core.Answering.Stages;
using Republic.Core.Answering.Traces;
using Republic.Core.Providers;

namespace Republic.Core.Answering;

/// <summary>
/// Memory → style → knowledge → generation: makes everything that comes before the minion's own model is asked. A stage that is off, absent or
/// fails is skipped, and the trace says why.
/// </summary>
public sealed class AnswerPipeline
{
    private readonly MemoryStage memory;
    private readonly LinkedCollections links;
    private readonly StyleStage style;
    private readonly KnowledgeStage knowledge;
    private readonly ProviderCatalog catalog;

    internal AnswerPipeline(
        MemoryStage memory,
        LinkedCollections links,
        StyleStage style,
        KnowledgeStage knowledge,
        ProviderCatalog catalog
    ) => (this.memory, this.links, this.style, this.knowledge, this.catalog) = (memory, links, style, knowledge, catalog);

    /// <param name="told">Hears of each stage as it ends; and once before the first, where there is more than generation.</param>
    /// <returns>A failure where no stage is left that could answer.</returns>
    public async Task<Outcome<PreparedAnswer>> PrepareAsync(PipelineOrder order, Action<AnswerTrace>? told, CancellationToken ct)
    {
        var collections = await links.ForAsync(order, ct);
        var reminder = await memory.RemindAsync(order, IsBuiltIn(order), ct);
        if (collections.Count == 0 && !style.CanDraft(order) && reminder.Stage is null)
        {
            return PreparedAnswer.Plain(order.Instructions);
        }

        var trace = new AnswerTrace(reminder.Stage is null ? [] : [reminder.Stage]);
        told?.Invoke(trace);
        if (reminder.Answer is { } settled)
        {
            var reason = "No model was asked: this is about what is remembered.";
            return PreparedAnswer.Finished(order.Instructions, settled, trace.With(Unasked(reason)));
        }

        var draft = await style.DraftAsync(order, ct);
        trace = trace.With(draft.Stage);
        told?.Invoke(trace);
        var found = await knowledge.FindAsync(order, collections, ct);
        trace = trace.With(found.Stage) with { Passages = found.Passages };
        told?.Invoke(trace);
        return Prepared(order, reminder, draft, found, collections, trace);
    }

    private Outcome<PreparedAnswer> Prepared(
        PipelineOrder order,
        Reminder reminder,
        StyleDraft draft,
        FoundPassages found,
        IReadOnlyList<LinkedCollection> collections,
        AnswerTrace trace
    )
    {
        var isBuiltIn = IsBuiltIn(order);
        if (isBuiltIn && found.Passages.Count == 0 && Recollection.Of(reminder.Memories) is { } recollection)
        {
            return Finished(recollection, "The built-in model cannot make use of memories, so they are quoted and no model was asked.");
        }

        if (found.IsUnknown && !order.Minion.Pipeline.AnswersWithoutPassages && !reminder.Memories.Any(known => known.Fits))
        {
            return Finished(
                $"I do not know. I found nothing about this in {KnowledgeStage.Names(collections)}.",
                "Nothing was found, so no model was asked."
            );
        }

        if (found.Passages.Count > 0 && isBuiltIn)
        {
            return Finished(
                Quotes.From(found.Passages, found.Stage.Query!),
                "The built-in model cannot read documents, so their best sentences are quoted and no model was asked."
            );
        }

        // Where the own model runs here, style and generation are one stage, and there is no draft to answer with.
        if (order.Minion.Pipeline.Generation || style.RunsHere(order))
        {
            var instructions = isBuiltIn ? order.Instructions : MemoryStage.Added(order.Instructions, reminder.Memories);
            return PreparedAnswer.ToAsk(instructions, draft.Text, trace);
        }

        if (draft.Text is null)
        {
            return Failure.Conflict(
                $"Generation is switched off for {order.Name}, and its style could not answer: {draft.Stage.Reason} Switch generation on under Knowledge on {order.Name}’s page."
            );
        }

        return Finished(
            found.Passages.Count == 0 ? draft.Text : $"{draft.Text}\n\n{Quotes.From(found.Passages, found.Stage.Query!)}",
            "Switched off: the draft is the answer."
        );

        PreparedAnswer Finished(string text, string reason) =>
            PreparedAnswer.Finished(order.Instructions, text, trace.With(Unasked(reason)));
    }

    private static StageTrace Unasked(string reason) => new(StageName.Generation, StageStatus.Skipped, reason);

    private bool IsBuiltIn(PipelineOrder order) => catalog.Find(order.Minion.Provider)?.IsBuiltIn(order.Minion.ModelId) == true;
}
