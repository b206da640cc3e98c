using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Republic.Core;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;

namespace Republic.Web.Mcp;

/// <summary>The person's minions as tools. A minion answers as at <c>/v1</c> with a token: from its collections, and without memories.</summary>
internal sealed class McpMinions(McpCaller caller, IDbContextFactory<RepublicDb> databases, ApiKeyCache keys, McpAnswers answers)
{
    [McpServerTool(Name = "list_minions", Title = "List minions", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Lists the minions (AI assistants) of the person: the name of each, its id, and what it is for.")]
    public async Task<CallToolResult> ListAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var minions = await db
            .Minions.AsNoTracking()
            .OwnedBy(caller.Id)
            .Live()
            .OrderBy(m => m.Citizen.DisplayName)
            .ThenBy(m => m.RepublicId)
            .Select(m => new
            {
                m.RepublicId,
                m.Citizen.DisplayName,
                m.Citizen.IsActive,
                m.Description,
            })
            .ToListAsync(ct);
        var lines = minions.Select(m =>
            $"- {m.DisplayName} (id {m.RepublicId}){(m.IsActive ? "" : ", paused")}"
            + (string.IsNullOrWhiteSpace(m.Description) ? "" : $": {McpResults.InLine(m.Description)}")
        );
        return McpResults.Text(minions.Count == 0 ? "The person has no minions yet." : string.Join('\n', lines));
    }

    [McpServerTool(Name = "ask_minion", Title = "Ask a minion", Destructive = false, OpenWorld = true)]
    [Description(
        "Asks a minion and returns its answer, with the passages of documents that it was given as sources below. It knows nothing of earlier "
            + "questions. The answer may come from a paid model, within the person's budgets."
    )]
    public async Task<CallToolResult> AskAsync(
        [Description("The id of the minion, from list_minions.")] string minion,
        [Description("What the minion is asked, complete in itself.")] string message,
        CancellationToken ct
    )
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return McpResults.Error(Failure.Invalid("message", "The message is empty. Say what the minion is asked."));
        }

        if (caller.Depth >= ToolDepth.Most)
        {
            return McpResults.Error(
                Failure.Conflict(
                    $"{ToolDepth.Most} minions have asked each other already, and this one is not asked too. Answer without it."
                )
            );
        }

        ToolDepth.Current = caller.Depth;
        if (await keys.FindAsync(caller.Id, minion, ct) is not { } found)
        {
            return McpResults.Error(
                Failure.NotFound("minion") with
                {
                    Message = "No minion of yours has this id. list_minions says the id of each.",
                }
            );
        }

        return await answers.AskAsync(found, message, ct);
    }
}
