using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering.Clients;
using Republic.Core.Answering.Stages;
using Republic.Core.Answering.Tools;
using Republic.Core.Llama.Files;
using Republic.Core.Providers;

namespace Republic.Core.Answering;

/// <summary>
/// Builds the chat client of a minion: memory → style → knowledge → grounding → tools → the router, with a receipt around them and a journal around
/// that. A client is for one answer. It takes the turns, and as options the character and the settings of the model.
/// </summary>
public sealed class MinionClients
{
    private readonly AnswerStages stages;
    private readonly ProviderCatalog catalog;
    private readonly ModelRouter router;
    private readonly TimeProvider time;
    private readonly ILogger<MinionClients> log;

    internal MinionClients(
        AnswerStages stages,
        ProviderCatalog catalog,
        ModelRouter router,
        TimeProvider time,
        ILogger<MinionClients> log
    ) => (this.stages, this.catalog, this.router, this.time, this.log) = (stages, catalog, router, time, log);

    /// <param name="journal">Where the call is written down before it is made; null where the caller's own row does that.</param>
    /// <param name="model">The client to ask instead of the router; null for the models of the call's route.</param>
    /// <returns>The client; its <see cref="ReceiptClient"/> is one of its services.</returns>
    public IChatClient Client(MinionCall call, ICallJournal? journal = null, IChatClient? model = null)
    {
        var context = new AnswerContext(call, catalog.Find(call.Minion.Provider), router, time);
        var builder = new ChatClientBuilder(model ?? router.ChatClient(call.Route));
        if (journal is not null)
        {
            builder.Use(inner => new JournalClient(inner, journal));
        }

        builder.Use(inner => new ReceiptClient(inner, context, time));
        if (call.Pipeline is not null)
        {
            builder
                .Use(inner => new MemoryClient(inner, context, stages.Memory, stages.Knowledge))
                .Use(inner => new StyleClient(inner, context, stages.Style))
                .Use(inner => new KnowledgeClient(inner, context, stages.Knowledge))
                .Use(inner => new GroundingClient(inner, context, stages.Memory));
        }

        if (call.Tools is { } tools)
        {
            builder.Use(inner => new ToolClient(inner, context, tools, time, log));
        }

        if (call.Pipeline is not null && BuiltInOf(call) is { } small)
        {
            if (ModelIntents.BuiltIn(small) is { } known)
            {
                builder.Use(inner => new IntentClient(inner, context, known, stages.Intents));
            }

            if (ModelWords.BuiltIn(small) is { } words)
            {
                builder.Use(inner => new KnownWordsClient(inner, context, words));
            }
        }

        return builder.Build();
    }

    /// <summary>
    /// The built-in model as it came, where a person reads its answer; null for any other. A trained version has the words and the questions of its
    /// rows too; what is measured, or streams to a program, is the model as it is; and what a role is told in an episode is no question about Republic.
    /// </summary>
    private static string? BuiltInOf(MinionCall call) =>
        call.Audience is AnswerAudience.Owner or AnswerAudience.Task
        && call.Route.Candidates is [{ Endpoints: [{ Adapters.Count: 0 } only] }]
        && only.Provider.IsBuiltIn(only.ModelId)
            ? only.ModelId
            : null;
}
