using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Conversations;
using Republic.Core.Data;
using Republic.Core.Episodes.Reading;
using Republic.Core.Memories;
using Republic.Core.Providers.Overview;
using Republic.Core.Tasks.Board;
using Republic.Core.Training.Runs;

namespace Republic.Core.Navigation;

/// <summary>Counts for the navigation. Every page asks, so it is one query.</summary>
public sealed class NavigationReader(IDbContextFactory<RepublicDb> databases)
{
    public async Task<NavigationCounts> ReadAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (chats, runs) = (ConversationReader.Waiting(db, person), db.TrainingJobs.UnderWay(db, person));
        var (tasks, invitations) = (TaskCards.Waiting(db, person), TaskCards.Invitations(db, person));
        var (episodes, memories) = (EpisodeCards.Waiting(db, person), MemoryCards.Waiting(db, person));
        var refused = db.Credentials.OwnedBy(person).Refused(db);
        return await db
                .Users.Where(p => p.Id == person)
                .Select(_ => new NavigationCounts(
                    chats.Count(),
                    runs.Any(),
                    new TasksWaiting(tasks.Count(), invitations.Count()),
                    episodes.Count(),
                    memories.Count(),
                    refused.Count()
                ))
                .SingleOrDefaultAsync(ct)
            ?? NavigationCounts.None;
    }
}
