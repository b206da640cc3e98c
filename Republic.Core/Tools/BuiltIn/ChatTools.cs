using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Search;
using Republic.Core.Times;

namespace Republic.Core.Tools.BuiltIn;

/// <summary>The tools that read what the person and the minion said to each other in other chats. Chats with other minions are not found.</summary>
internal sealed class ChatTools(IDbContextFactory<RepublicDb> databases, SearchReader search)
{
    private const int MaxFound = 10;
    private const int MaxMessages = 30;
    private const int MaxMessage = 3000;
    private const int MaxText = 24_000;

    public BuiltInTool Search =>
        new(
            "search_chats",
            "Search chats",
            "yours with this minion only",
            ToolEffect.Reads,
            "Searches your earlier chats with this person for messages that hold all of the words, and gives the newest ten: chat, date and an excerpt."
        )
        {
            Subject = ToolSubject.Chats,
            Method = scope =>
                ([Description("One to eight words that the message holds.")] string query, CancellationToken ct) =>
                    SearchAsync(scope, query, ct),
        };

    public BuiltInTool Read =>
        new(
            "read_chat",
            "Read a chat",
            "yours with this minion only",
            ToolEffect.Reads,
            "Reads the last 30 messages of one of your earlier chats with this person."
        )
        {
            Subject = ToolSubject.Chats,
            Method = scope =>
                (
                    [Description("The id of the chat, as search_chats gives it.")] string id,
                    [Description("How many of the last messages to leave out, to read what was said before them.")] int skip = 0,
                    CancellationToken ct = default
                ) => ReadAsync(scope, id, Math.Max(0, skip), ct),
        };

    private async Task<string> SearchAsync(ToolScope scope, string query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            throw new ToolException("Give one or more words to search the chats for.");
        }

        var asked = new SearchQuery(query)
        {
            Kind = SearchKinds.Message,
            Minion = scope.Minion.Id,
            Limit = MaxFound,
        };
        var found = await search.FindAsync(scope.Person, isSuperuser: false, asked, ct);
        if (!found.Ok)
        {
            throw new ToolException(found.Failure.Message);
        }

        var newest = found.Value.Results;
        if (newest.Count == 0)
        {
            return "No message of your chats with this person holds all of these words. Fewer words may find something.";
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var ids = newest.Select(message => message.Id).ToList();
        var authors = await db
            .Messages.Where(m => ids.Contains(m.Id))
            .Select(m => new { m.Id, m.AuthorId })
            .ToDictionaryAsync(m => m.Id, m => m.AuthorId, ct);
        scope.Session.HasReadOthers |= authors.Values.Any(author => author != scope.Person);
        return string.Join(
            "\n\n",
            newest.Select(message =>
                $"Chat {message.Conversation}, “{PlainWords.Named(message.Title)}”, {UtcText.Of(message.At)}, "
                + $"{Author(scope, authors.GetValueOrDefault(message.Id))}:\n{message.Snippet}"
            )
        );
    }

    private async Task<string> ReadAsync(ToolScope scope, string id, int skip, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var chat = Guid.TryParse(id, CultureInfo.InvariantCulture, out var wanted)
            ? await Chats(db, scope).AsNoTracking().SingleOrDefaultAsync(c => c.Id == wanted, ct)
            : null;
        if (chat is null)
        {
            throw new ToolException("There is no such chat of this person with you. search_chats gives the ids of those that there are.");
        }

        var nodes = await db.Messages.Where(m => m.ConversationId == chat.Id).InOrder().Nodes().ToListAsync(ct);
        var branch = new MessageTree(nodes).BranchTo(chat.LeafId).Select(node => node.Id).Where(one => one != scope.Order.Message).ToList();
        var shown = branch.SkipLast(skip).TakeLast(MaxMessages).ToList();
        var messages = await db.Messages.AsNoTracking().Where(m => shown.Contains(m.Id) && m.Content != "").InOrder().ToListAsync(ct);
        scope.Session.HasReadOthers |= messages.Exists(message => message.AuthorId != scope.Person);
        return messages.Count == 0
            ? "This chat has no messages, or none that far back."
            : $"Chat “{PlainWords.Named(chat.Title ?? "untitled")}”, {Counted.Of(branch.Count, "message")} in all:\n{Written(scope, messages)}";
    }

    /// <summary>The newest of them that fit into the text, in their order.</summary>
    private static string Written(ToolScope scope, List<Message> messages)
    {
        var text = new StringBuilder();
        foreach (var message in Enumerable.Reverse(messages))
        {
            var cut = message.Content.Length > MaxMessage ? $"{message.Content.AtMost(MaxMessage)} … (cut)" : message.Content;
            var line = $"\n{UtcText.Of(message.CreatedAt)}, {Author(scope, message.AuthorId)}:\n{cut}\n";
            if (text.Length + line.Length > MaxText)
            {
                text.Insert(0, "\n… (Earlier messages are left out; skip reads them.)\n");
                break;
            }

            text.Insert(0, line);
        }

        return text.ToString();
    }

    private static IQueryable<Conversation> Chats(RepublicDb db, ToolScope scope) =>
        db.Conversations.OwnedBy(scope.Person).Where(c => c.Participants.Any(p => p.CitizenId == scope.Minion.Id));

    private static string Author(ToolScope scope, Guid author) =>
        author == scope.Person ? "the person"
        : author == scope.Minion.Id ? "you"
        : "somebody else";
}
