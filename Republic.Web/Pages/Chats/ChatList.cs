using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Chats;

/// <summary>The column of conversations, in groups by age.</summary>
public sealed record ChatList(IReadOnlyList<ConversationRow> Rows, Guid? Current, Guid Person, LocalTime Time)
{
    public const int Length = 100;

    public IEnumerable<(string Name, IReadOnlyList<ConversationRow> Rows)> Groups =>
        // One in which nothing was said yet is only worth a line while it is open.
        Rows.Where(row => row.LastMessage is not null || row.Id == Current)
            .GroupBy(row => Age(Time.DayOf(row.UpdatedAt)))
            .Select(group => (group.Key, (IReadOnlyList<ConversationRow>)[.. group]));

    public ConversationCursor? Older => Rows.Count == Length ? new ConversationCursor(Rows[^1].UpdatedAt, Rows[^1].Id) : null;

    public static ParticipantRow? Other(ConversationRow row) => row.Participants.FirstOrDefault(p => p.Kind == CitizenKind.Minion);

    public string Line(ConversationRow row) =>
        row.LastMessage switch
        {
            null => "Nothing said yet",
            { State: TurnState.Pending or TurnState.Streaming } => "Answering now",
            { State: TurnState.Waiting } => "Waits for you: a tool",
            { State: TurnState.Failed } => "Could not answer",
            { AuthorId: var author, Snippet: var snippet } => author == Person ? $"You: {snippet}" : snippet,
        };

    private string Age(DateOnly day) =>
        day >= Time.Today ? "Today"
        : day > Time.Today.AddDays(-7) ? "This week"
        : "Earlier";
}
