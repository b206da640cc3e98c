using Microsoft.Extensions.AI;
using Republic.Core.Answering.Stages;

namespace Republic.Core.Answering.Clients;

/// <summary>The third stage: passages of the minion's collections.</summary>
internal sealed class KnowledgeClient(IChatClient inner, AnswerContext context, KnowledgeStage knowledge) : StageClient(inner, context)
{
    protected override async Task<string?> RunAsync(PipelineOrder order, CancellationToken ct)
    {
        if (Context.Trace is not null && Context.Found is null)
        {
            Context.Found = await knowledge.FindAsync(order, Context.Collections, ct);
            Context.Add(Context.Found.Stage);
            Context.Use(Context.Found.Passages);
        }

        return null;
    }
}
