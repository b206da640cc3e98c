using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Chats.Answers;

/// <summary>Reads all that an answer needs before the model is called, and lets go of the database.</summary>
internal sealed class AnswerHistory(IDbContextFactory<RepublicDb> databases, MinionModel models)
{
    public async Task<Outcome<AnswerPrompt>> LoadAsync(AnswerOrder order, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Minions.Live().OwnedBy(order.PersonId).FirstOrDefaultAsync(m => m.Id == order.MinionId, ct) is not { } minion)
        {
            return Failure.Conflict("The minion was deleted before it could answer. Restore it, then answer again.");
        }

        var route = await models.RouteAsync(minion, CallPurpose.Chat, ct);
        if (!route.Ok)
        {
            return route.Failure;
        }

        var branch = await BranchBeforeAsync(db, order, ct);
        await MarkReadAsync(db, order, ct);
        var options = Character.Options(minion);
        List<ChatMessage> turns =
        [
            .. branch.Select(m => new ChatMessage(m.AuthorId == order.MinionId ? ChatRole.Assistant : ChatRole.User, m.Content)),
        ];
        return new AnswerPrompt(
            order.IsAnew ? route.Value.Anew() : route.Value,
            options,
            turns,
            Refused(branch.LastOrDefault(m => m.AuthorId == order.MinionId))
        )
        {
            MinionVersion = minion.Version,
            Order = new PipelineOrder(minion, options.Instructions!, turns, AnswerAudience.Owner)
            {
                Conversation = order.ConversationId,
                ContextLength = route.Value.Candidates[0].ContextLength,
            },
        };
    }

    private static async Task<List<Message>> BranchBeforeAsync(RepublicDb db, AnswerOrder order, CancellationToken ct)
    {
        var nodes = await db.Messages.Where(m => m.ConversationId == order.ConversationId).InOrder().Nodes().ToListAsync(ct);
        var ids = new MessageTree(nodes).BranchTo(order.MessageId).Select(node => node.Id).Where(id => id != order.MessageId).ToList();
        var said = await db.Messages.AsNoTracking().Where(m => ids.Contains(m.Id) && m.Content != "").ToDictionaryAsync(m => m.Id, ct);
        return [.. ids.Where(said.ContainsKey).Select(id => said[id])];
    }

    /// <summary>Reads the omission again: a full context stays full, but the length up to which a model answers well depends on the model.</summary>
    private static int Refused(Message? last) => last is null or { Route.Answer.History.Omitted: > 0 } ? 0 : last.OmittedMessages;

    private static async Task MarkReadAsync(RepublicDb db, AnswerOrder order, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update participants set last_read_at = clock_timestamp()
            where conversation_id = {order.ConversationId} and citizen_id = {order.MinionId}
            """,
            ct
        );
}
