using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Admin.People;
using Republic.Core.Data;

namespace Republic.Core.Leaving;

/// <summary>Says before an account is deleted what that means.</summary>
public sealed class LeavingReader(RepublicDb db, PeopleReader people)
{
    /// <summary>What the deletion takes with it, and what stays.</summary>
    public async Task<Outcome<PersonBelongings>> BelongingsAsync(Guid id, CancellationToken ct)
    {
        var found = await people.FindAsync(id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var tasks = db.Tasks.OwnedBy(id);
        var shares = db.TaskShares.Where(s => s.OwnerId == id && s.PersonId != null && s.AcceptedAt != null);
        var played = db.AgentAssignments.Where(a => a.CitizenId == id && db.Episodes.Any(e => e.Id == a.EpisodeId && e.OwnerId != id));
        var judged = db.CapabilityEntries.Where(e =>
            e.RecordedBy == id && e.CitizenId != id && !db.Minions.Any(m => m.Id == e.CitizenId && m.OwnerId == id)
        );
        return new PersonBelongings(
            await db.Minions.OwnedBy(id).CountAsync(m => m.DeletedAt == null, ct),
            await db.Conversations.OwnedBy(id).CountAsync(ct),
            await tasks.CountAsync(ct),
            await shares.Select(s => s.SubjectId).Distinct().CountAsync(ct),
            await shares.Select(s => s.PersonId).Distinct().CountAsync(ct),
            await db.Scenarios.OwnedBy(id).CountAsync(ct),
            await db.Episodes.OwnedBy(id).CountAsync(ct),
            await db.Datasets.OwnedBy(id).CountAsync(ct),
            await db.Documents.OwnedBy(id).CountAsync(ct),
            await db.Memories.OwnedBy(id).CountAsync(ct),
            await db.PersonalModels.OwnedBy(id).CountAsync(ct),
            await db.TrainingJobs.OwnedBy(id).CountAsync(ct),
            await db.Credentials.OwnedBy(id).CountAsync(ct),
            found.Value.Figures.Bytes,
            await db.TaskComments.CountAsync(c => c.CitizenId == id && !tasks.Any(t => t.Id == c.TaskId), ct),
            await db.TaskAttachments.CountAsync(a => a.CitizenId == id && !tasks.Any(t => t.Id == a.TaskId), ct),
            await played.Select(a => a.EpisodeId).Distinct().CountAsync(ct),
            await judged.CountAsync(ct)
        );
    }

    /// <summary>Whether nobody else could administer this Republic any more.</summary>
    public async Task<bool> IsOnlySuperuserAsync(Guid id, CancellationToken ct) =>
        await db.Users.Administering().OrderBy(p => p.Id).Select(p => p.Id).Take(2).ToListAsync(ct) is [var only] && only == id;
}
