using Microsoft.Extensions.AI;
using Republic.Core.Answering.Stages;

namespace Republic.Core.Answering.Clients;

/// <summary>The first stage: what the minion remembers of its person. Finds out whether the answer has stages at all.</summary>
internal sealed class MemoryClient(IChatClient inner, AnswerContext context, MemoryStage memory, KnowledgeStage knowledge)
    : StageClient(inner, context)
{
    protected override async Task<string?> RunAsync(PipelineOrder order, CancellationToken ct)
    {
        Context.Collections = await knowledge.CollectionsAsync(order, ct);
        Context.Reminder = await memory.RemindAsync(order, Context.IsBuiltIn, ct);
        if (Context.Call.Resumed is { } before)
        {
            Context.Resume(before);
        }
        else if (
            Context.Reminder.Stage is not null
            || Context.Collections.Count > 0
            || Context.CanDraft
            || HelpResult.Of(order) is not null
        )
        {
            Context.Begin();
        }

        if (Context.Reminder.Stage is { } stage)
        {
            Context.Add(stage);
        }

        return Context.Reminder.Answer is { } answer
            ? Context.Settle(answer, "No model was asked: this is about what is remembered.")
            : null;
    }
}
