using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Probes;

/// <summary>Gives a model the three short tasks, with the prompt of a real one.</summary>
internal sealed class ProbeAsker(ModelRouter router, TimeProvider time, ILogger<ProbeAsker> log)
{
    /// <summary>The time for all three, loading the model included.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private const string Character = "You are a helpful assistant.";

    /// <summary>Enough for a model that thinks before it answers.</summary>
    private const int MaxTokens = 512;

    /// <returns>The number of right answers; null where the model could not be asked, or took too long.</returns>
    public async Task<int?> AskAsync(ModelTarget target, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        // Nobody asked for these calls: they are in nobody's usage, and cost nothing, since the model runs here.
        var route = ModelRoute.Direct(target with { Adapters = [], KeyId = null }) with
        {
            Purpose = CallPurpose.Test,
        };
        using var client = router.ChatClient(route);
        try
        {
            var right = 0;
            foreach (var probe in TaskProbe.All)
            {
                right += probe.IsRight(await AnswerAsync(client, probe, either.Token)) ? 1 : 0;
            }

            return right;
        }
        catch (ProviderException error) when (error.Kind == ProviderErrorKind.ContextTooLong)
        {
            // A model that cannot take the prompt cannot follow it.
            return 0;
        }
        catch (ProviderException error)
        {
            log.LogInformation("A model could not be given the three short tasks: {Reason}", error.Message);
            return null;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            log.LogInformation("A model took longer than {Minutes} minutes for the three short tasks", Longest.TotalMinutes);
            return null;
        }
    }

    private static async Task<string> AnswerAsync(IChatClient client, TaskProbe probe, CancellationToken ct)
    {
        var prompt = TaskPrompt.Of(new TaskMaterial(probe.Title, probe.Description, Round: 1), Character);
        var settings = new ChatOptions
        {
            Instructions = prompt.Instructions,
            MaxOutputTokens = MaxTokens,
            Temperature = 0,
        };
        var text = new StringBuilder();
        var answer = "";
        await foreach (var update in client.GetStreamingResponseAsync(prompt.Turns, settings, ct))
        {
            answer = TaskProbe.WithoutThoughts(text.Append(update.Text).ToString());
            if (answer.Length > TaskProbe.LongestAnswer)
            {
                break;
            }
        }

        return answer;
    }
}
