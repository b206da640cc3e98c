using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Conversations;
using Republic.Core.Data;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Conversations;

/// <summary>A task as what a conversation is about.</summary>
internal sealed class TaskSubject(IDbContextFactory<RepublicDb> databases) : IConversationSubject
{
    public const string Name = "task";
    private const int MostComments = 5;

    public string Type => Name;

    public async Task<bool> ExistsAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Tasks.OwnedBy(person).AnyAsync(t => t.Id == id, ct);
    }

    public async Task<string?> DescribeAsync(Guid person, Guid id, int length, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Tasks.AsNoTracking().OwnedBy(person).SingleOrDefaultAsync(t => t.Id == id, ct) is not { } task)
        {
            return null;
        }

        var comments = await (
            from comment in db.TaskComments
            join citizen in db.Citizens on comment.CitizenId equals citizen.Id into citizens
            from author in citizens.DefaultIfEmpty()
            where comment.TaskId == id
            orderby comment.Id descending
            select new
            {
                Author = author == null ? TaskCitizen.Former : author.DisplayName,
                comment.Kind,
                comment.Content,
            }
        )
            .Take(MostComments)
            .ToListAsync(ct);
        return TaskSummary.Of(
            task,
            comments.ConvertAll(comment => new TaskSaid(comment.Author, TaskLoader.Words(comment.Kind), comment.Content)),
            length
        );
    }
}
