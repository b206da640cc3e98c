using Microsoft.Extensions.AI;
using Republic.Core.Answering.Stages;

namespace Republic.Core.Answering.Clients;

/// <summary>The second stage: a draft in the minion's voice.</summary>
internal sealed class StyleClient(IChatClient inner, AnswerContext context, StyleStage style) : StageClient(inner, context)
{
    protected override async Task<string?> RunAsync(PipelineOrder order, CancellationToken ct)
    {
        if (Context.Trace is not null && Context.Draft is null)
        {
            Context.Draft = await style.DraftAsync(order, Context.RunsHere, ct);
            Context.Add(Context.Draft.Stage);
        }

        return null;
    }
}
