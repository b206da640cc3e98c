using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;

namespace Republic.Tests.World;

/// <summary>The index of the search, which follows what is said by about a second.</summary>
internal static class SearchIndex
{
    /// <summary>Waits until all that was said in a person's chats is searched, and their titles are.</summary>
    public static Task ReadyAsync(IRepublic republic, Inhabitant person) =>
        Until.TrueAsync(() =>
            republic.QueryAsync(async db =>
                !await db
                    .Messages.OwnedBy(db, person.Id)
                    .AnyAsync(m =>
                        !m.IsIndexed && m.State != TurnState.Pending && m.State != TurnState.Streaming && m.State != TurnState.Waiting
                    ) && !await db.Conversations.OwnedBy(person.Id).AnyAsync(c => c.Title != null && !c.IsTitleIndexed)
            )
        );
}
