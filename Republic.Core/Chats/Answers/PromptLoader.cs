using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Traces;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Chats.Answers;

/// <summary>Reads all that an answer needs before the minion is asked, and lets go of the database.</summary>
internal sealed class PromptLoader(
    IDbContextFactory<RepublicDb> databases,
    MinionTargets targets,
    IVersionedMinions versions,
    ConversationSubjects subjects,
    IMinionTools tools
)
{
    /// <summary>Enough that another answer comes in other words, most of them right (docs/sprout.md).</summary>
    private const float AnewTemperature = 0.3f;

    public async Task<Outcome<TurnRequest>> LoadAsync(AnswerOrder order, RunningTurn turn, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = await PartialAnswer.LoadAsync<Message>(db, order.MessageId, ct);
        turn.Begin(before?.Written);
        var asked = await AskedAsync(db, order, ct);
        if (!asked.Ok)
        {
            return asked.Failure;
        }

        var (minion, collections) = asked.Value;
        var route = await targets.RouteAsync(minion, CallPurpose.Chat, ct);
        if (!route.Ok)
        {
            return route.Failure;
        }

        var branch = await BranchBeforeAsync(db, order, ct);
        await MarkReadAsync(db, order, ct);
        List<ChatMessage> turns =
        [
            .. branch.Select(m => new ChatMessage(m.AuthorId == order.MinionId ? ChatRole.Assistant : ChatRole.User, m.Content)
            {
                MessageId = m.Id.ToString(),
            }),
        ];
        var call = new MinionCall(minion, order.IsAnew ? route.Value.Anew() : route.Value, AnswerAudience.Owner)
        {
            Conversation = order.ConversationId,
            Collections = collections,
            ContextLength = route.Value.Candidates[0].ContextLength,
            Omitted = Refused(branch.LastOrDefault(m => m.AuthorId == order.MinionId)),
            Resumed = before?.Trace,
        };
        var options = Character.Options(minion);
        if (order.IsAnew && route.Value.First is { } first && first.Provider.IsBuiltIn(first.ModelId))
        {
            // It takes the likeliest words, and would say the same again.
            options.Temperature ??= AnewTemperature;
        }

        var character = options.Instructions ?? "";
        options.Instructions = await WithSubjectAsync(db, order, character, call.ContextLength, ct);
        // A subject may have others' comments in it.
        var hasReadOthers = options.Instructions != character || branch.Exists(ReadOthers);
        var given = await WithToolsAsync(order, call, branch, (before, hasReadOthers), ct);
        return given.Ok ? new TurnRequest(given.Value, turns, options) : given.Failure;
    }

    private async Task<Outcome<MinionCall>> WithToolsAsync(
        AnswerOrder order,
        MinionCall call,
        List<Message> branch,
        (PartialAnswer? Before, bool HasReadOthers) known,
        CancellationToken ct
    )
    {
        var name = call.Minion.Citizen.DisplayName;
        if (!call.Route.TakesTools)
        {
            return known.Before is null
                ? call
                : Failure.Conflict(
                    $"The model of {name} was changed to one that cannot call tools, so the call was not made. Answer again for another answer."
                );
        }

        var offer = new ToolOrder(call.Minion, AnswerAudience.Owner)
        {
            Message = order.MessageId,
            Conversation = order.ConversationId,
            Collections = call.Collections,
            Said = [.. branch.Where(m => m.AuthorId == order.PersonId).Select(m => m.Content)],
            HasReadOthers = known.HasReadOthers,
            Earlier = known.Before?.Rounds ?? [],
        };
        return call with { Tools = await tools.OpenAsync(offer, ct) };
    }

    /// <summary>The minion with the version that answers in the conversation.</summary>
    private async Task<Outcome<VersionedMinion>> AskedAsync(RepublicDb db, AnswerOrder order, CancellationToken ct)
    {
        if (await db.Minions.Live().OwnedBy(order.PersonId).FirstOrDefaultAsync(m => m.Id == order.MinionId, ct) is not { } minion)
        {
            return Failure.Conflict("The minion was deleted before it could answer. Restore it, then answer again.");
        }

        var version = await db
            .Participants.Where(p => p.ConversationId == order.ConversationId && p.CitizenId == order.MinionId)
            .Select(p => p.Version)
            .SingleOrDefaultAsync(ct);
        return version is { } number
            ? await versions.LoadAsync(order.PersonId, minion.Id, number, ct)
            : new VersionedMinion(minion, Collections: null);
    }

    /// <summary>An answer that was given passages, or called tools, may speak with the words of others.</summary>
    private static bool ReadOthers(Message answer) =>
        answer.Trace is { } trace && (trace.Passages.Count > 0 || trace.Find(StageName.Tools) is not null);

    private async Task<string> WithSubjectAsync(RepublicDb db, AnswerOrder order, string instructions, int? context, CancellationToken ct)
    {
        var about = await db
            .Conversations.Where(c => c.Id == order.ConversationId)
            .Select(c => new { c.RelatedType, c.RelatedId })
            .SingleOrDefaultAsync(ct);
        return
            about?.RelatedId is { } id
            && subjects.Find(about.RelatedType) is { } subject
            && await subject.DescribeAsync(order.PersonId, id, SubjectPrompt.LengthFor(context), ct) is { } text
            ? SubjectPrompt.Added(instructions, subject.Type, text)
            : instructions;
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
