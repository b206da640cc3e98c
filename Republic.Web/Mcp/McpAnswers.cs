using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using Republic.Core;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Traces;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Web.Mcp;

/// <summary>Asks a minion for another program, with all stages of an answer and its tools. Nobody is there to approve a call.</summary>
internal sealed class McpAnswers(MinionTargets targets, MinionClients clients, IMinionTools tools, QueryCounts queries)
{
    public async Task<CallToolResult> AskAsync(ApiMinion found, string message, CancellationToken ct)
    {
        var route = await targets.RouteAsync(found, ct);
        return route.Ok ? await AnswerAsync(found.Minion, route.Value, message, ct) : McpResults.Error(route.Failure);
    }

    private async Task<CallToolResult> AnswerAsync(Minion minion, ModelRoute route, string message, CancellationToken ct)
    {
        var call = new MinionCall(minion, route, AnswerAudience.Program)
        {
            ContextLength = route.Candidates[0].ContextLength,
            Tools = await ToolsAsync(minion, route, message, ct),
        };
        using var client = clients.Client(call);
        var receipts = client.GetRequiredService<ReceiptClient>();
        var end = AnswerEnd.Failed;
        try
        {
            var answer = await client.GetResponseAsync([new ChatMessage(ChatRole.User, message)], Character.Options(minion), ct);
            end = AnswerEnd.Complete;
            return McpResults.Text(WithSources(answer.Text, receipts.Receipt(end).Trace?.Passages ?? []));
        }
        catch (AnswerException error)
        {
            return McpResults.Error(error.Failure);
        }
        catch (ProviderException error)
        {
            return McpResults.Error(Failure.Upstream(error.Message));
        }
        finally
        {
            queries.Add(minion.Id, receipts.Receipt(end).Provider, end == AnswerEnd.Complete, byKey: false);
        }
    }

    /// <summary>The minion's tools without those that read what is the person's own: the other program has tools for that, as far as it may.</summary>
    private async Task<ToolSession?> ToolsAsync(Minion minion, ModelRoute route, string message, CancellationToken ct) =>
        route.TakesTools
            ? await tools.OpenAsync(new ToolOrder(minion, AnswerAudience.Program) { Said = [message], MayReadPersonal = false }, ct)
            : null;

    private static string WithSources(string answer, IReadOnlyList<CitedPassage> passages)
    {
        if (passages.Count == 0)
        {
            return answer;
        }

        var text = new StringBuilder(answer).Append("\n\nSources:");
        foreach (var passage in passages)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[{passage.Number}] {passage.Document}");
            if (passage.Page is { } page)
            {
                text.Append(CultureInfo.InvariantCulture, $", page {page}");
            }

            if (passage.Heading is { } heading)
            {
                text.Append(CultureInfo.InvariantCulture, $", “{McpResults.InLine(heading)}”");
            }
        }

        return text.ToString();
    }
}
