using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering.Traces;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Answering.Stages;

/// <summary>Has a model that runs here draft the answer in the minion's voice, for a minion whose own model runs elsewhere.</summary>
internal sealed class StyleStage(
    ProviderCatalog catalog,
    CredentialCache credentials,
    ModelRouter router,
    TimeProvider time,
    ILogger<StyleStage> log
)
{
    private const int LongestDraft = 200;
    private const int LongestQuestion = 1500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="runsHere">The minion's own model runs on this machine.</param>
    public async Task<StyleDraft> DraftAsync(PipelineOrder order, bool runsHere, CancellationToken ct)
    {
        if (runsHere)
        {
            return StyleDraft.None(
                StageStatus.Skipped,
                $"One stage with generation: {order.Name}’s own model runs here and speaks in its voice itself."
            );
        }

        if (!order.Pipeline.Style)
        {
            return StyleDraft.None(StageStatus.Skipped, "Switched off.");
        }

        if (order.Call.StyleModel is null)
        {
            return StyleDraft.None(StageStatus.Skipped, "No style was trained.");
        }

        var question = order.Question;
        return string.IsNullOrWhiteSpace(question)
            ? StyleDraft.None(StageStatus.Skipped, "The message holds no text.")
            : await AskAsync(order, question.Length > LongestQuestion ? question[^LongestQuestion..] : question, ct);
    }

    private async Task<StyleDraft> AskAsync(PipelineOrder order, string question, CancellationToken ct)
    {
        var route = Route(order, (await credentials.OfAsync(order.Minion.OwnerId, ct)).Installed);
        var started = time.GetTimestamp();
        using var client = router.ChatClient(route);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var options = new ChatOptions
            {
                Instructions = order.Instructions,
                Temperature = (float?)order.Minion.Temperature,
                TopP = (float?)order.Minion.TopP,
                MaxOutputTokens = LongestDraft,
            };
            var answer = await client.GetResponseAsync([new ChatMessage(ChatRole.User, question)], options, either.Token);
            return string.IsNullOrWhiteSpace(answer.Text)
                ? Failed("The model drafted nothing.")
                : new StyleDraft(Stage(StageStatus.Done, null) with { Text = answer.Text.Trim() }, answer.Text.Trim());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed($"No draft came within {Patience.TotalSeconds:0} seconds.");
        }
        catch (ProviderException e)
        {
            return Failed(e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The style stage of {Minion} failed", order.Minion.Id);
            return Failed("The draft failed inside Republic. The log has the details.");
        }

        StyleDraft Failed(string reason) => new(Stage(StageStatus.Failed, reason), null);

        StageTrace Stage(StageStatus status, string? reason) =>
            new StageTrace(StageName.Style, status, reason, time.GetElapsedTime(started).TotalMilliseconds)
            {
                Model = order.Call.StyleAdapter is null ? order.Call.StyleModel : $"{order.Call.StyleModel}, {order.Call.StyleAdapter}",
            }.AskedOf(client.Receipt?.Attempts ?? []);
    }

    private ModelRoute Route(PipelineOrder order, IReadOnlyDictionary<string, InstalledModel> own)
    {
        var local = catalog.Rows.First(row => row.Transport == ProviderTransport.ModelHost);
        var target = new ModelTarget(local, order.Call.StyleModel!, null, null)
        {
            Adapters = order.Call.StyleAdapter is { } weights ? [new ModelAdapter(weights)] : [],
            OwnModels = own,
        };
        return ModelRoute.Direct(target) with
        {
            Owner = order.Minion.OwnerId,
            Minion = order.Minion.Id,
            Purpose = order.Call.Route.Purpose,
        };
    }
}
