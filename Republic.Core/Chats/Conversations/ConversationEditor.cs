using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Feeds;
using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions;

namespace Republic.Core.Chats.Conversations;

/// <summary>Begins, renames, deletes and restores conversations, and remembers what was read and who lets minions learn from them.</summary>
public sealed class ConversationEditor(RepublicDb db, ConversationSubjects subjects, LiveEvents live, TimeProvider time)
{
    internal const int MaxTitle = 200;
    private const int MaxRelatedType = 64;

    public async Task<Outcome<Guid>> CreateAsync(Guid person, ConversationInput input, CancellationToken ct)
    {
        var others = (input.Participants ?? []).Where(id => id != person).Distinct().ToList();
        if (others.Count != 1)
        {
            return Failure.Invalid("participants", "A conversation is between you and one minion: name one minion's id.");
        }

        if (TooLong(input.Title) is { } wrong)
        {
            return wrong;
        }

        if (input.RelatedType?.Length > MaxRelatedType)
        {
            return Failure.Invalid("related_type", $"A related type has at most {MaxRelatedType} characters.");
        }

        if (!await db.Minions.Live().OwnedBy(person).AnyAsync(m => m.Id == others[0], ct))
        {
            return Failure.Invalid("participants", "There is no such minion, or it is not yours.");
        }

        if (
            input.MinionVersion is { } version
            && !await db.MinionVersions.AnyAsync(v => v.MinionId == others[0] && v.Number == version, ct)
        )
        {
            return Failure.Invalid("minion_version", $"That minion has no version {version}.");
        }

        if (subjects.Find(input.RelatedType) is { } subject)
        {
            return await CreateAboutAsync(person, others[0], subject, input, ct);
        }

        var made = Add(person, others[0], input);
        await db.SaveChangesAsync(ct);
        Tell(person, made);
        return made;
    }

    /// <summary>A conversation with a minion in which nothing was said yet: the one that is there, or a new one.</summary>
    /// <param name="version">The version that answers in it; null for the one in use.</param>
    public async Task<Outcome<Guid>> OpenAsync(Guid person, Guid minion, int? version, CancellationToken ct)
    {
        var empty = await db
            .Conversations.OwnedBy(person)
            .Where(c =>
                c.LeafId == null
                && c.Title == null
                && c.RelatedId == null
                && c.Participants.Any(p => p.CitizenId == minion && p.Version == version)
            )
            .Where(c => db.Minions.Any(m => m.Id == minion && m.DeletedAt == null))
            .OrderByDescending(c => c.CreatedAt)
            .Select(c => (Guid?)c.Id)
            .FirstOrDefaultAsync(ct);
        if (empty is { } id)
        {
            return id;
        }

        var made = await CreateAsync(person, new ConversationInput(null, [minion], null, null, version), ct);
        return made.Ok ? made : Failure.NotFound(version is null ? "minion" : "version");
    }

    public async Task<Outcome<Guid>> RenameAsync(Guid person, Guid conversation, string? title, CancellationToken ct)
    {
        var name = PlainWords.Named(title ?? "");
        if ((name.Length == 0 ? Failure.Invalid("title", "Give it a name.") : TooLong(title)) is { } wrong)
        {
            var found = await FoundAsync(person, conversation, ct);
            return found.Ok ? wrong : found;
        }

        var renamed = await db
            .Conversations.OwnedBy(person)
            .Where(c => c.Id == conversation)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, name).SetProperty(c => c.IsTitleIndexed, false), ct);
        return Told(person, conversation, renamed);
    }

    /// <summary>
    /// From now on nobody finds it, until it is restored. An answer that is being written ends at its next save. In the transaction of whoever
    /// calls <see cref="Tell"/> once it is committed.
    /// </summary>
    internal async Task<Outcome<Guid>> DeleteAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // The chat first: whoever sends a message holds it.
        var deleted = await db
            .Conversations.OwnedBy(person)
            .Where(c => c.Id == conversation)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.DeletedAt, now), ct);
        if (deleted == 0)
        {
            return Failure.NotFound("conversation");
        }

        await db.CloseAnswersAsync(db.Messages.Where(m => m.ConversationId == conversation), TurnState.Stopped, error: null, ct);
        // It is not searched any more. Restored, it is written down anew.
        await db.MessageWords.Where(w => db.Messages.Any(m => m.Id == w.Id && m.ConversationId == conversation)).ExecuteDeleteAsync(ct);
        await db.TitleWords.Where(w => w.Id == conversation).ExecuteDeleteAsync(ct);
        return conversation;
    }

    /// <summary>Takes back a deletion, while there is time. Whoever commits it calls <see cref="Tell"/>.</summary>
    /// <returns>False where it was not deleted.</returns>
    internal async Task<Outcome<bool>> RestoreAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        var since = time.GetUtcNow().AddDays(-Conversation.DaysKept);
        var restored = await db
            .Conversations.Deleted()
            .OwnedBy(person)
            .Where(c => c.Id == conversation && c.DeletedAt > since)
            .ExecuteUpdateAsync(
                set => set.SetProperty(c => c.DeletedAt, (DateTimeOffset?)null).SetProperty(c => c.IsTitleIndexed, false),
                ct
            );
        if (restored > 0)
        {
            await db
                .Messages.Where(m => m.ConversationId == conversation)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.IsIndexed, false), ct);
            return true;
        }

        var found = await FoundAsync(person, conversation, ct);
        return found.Ok ? false : found.Failure;
    }

    /// <summary>Deletes for good, with all that was said in it, what was deleted before.</summary>
    /// <returns>False where there is no such conversation, or it is not deleted.</returns>
    internal async Task<bool> EraseAsync(Guid person, Guid conversation, CancellationToken ct) =>
        await db.Conversations.Deleted().OwnedBy(person).Where(c => c.Id == conversation).ExecuteDeleteAsync(ct) > 0;

    public async Task<Outcome<Guid>> MarkReadAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        // Once is enough for what is there: without the condition every look at the page would be an event for all others.
        var changed = await db.Database.ExecuteSqlAsync(
            $"""
            update participants p set last_read_at = clock_timestamp(), unread_since = null
            from conversations c
            where c.id = p.conversation_id and c.id = {conversation} and c.owner_id = {person} and c.deleted_at is null
              and p.citizen_id = {person} and (p.last_read_at is null or p.unread_since is not null)
            """,
            ct
        );
        if (changed > 0)
        {
            live.Publish(person, new LiveEvent(ChatEvents.Read, conversation, null));
            return conversation;
        }

        return await FoundAsync(person, conversation, ct);
    }

    /// <summary>
    /// Gives or withdraws a person's consent that minions learn from the conversation. Agreeing again keeps the time of the first. Whoever
    /// commits it calls <see cref="Tell"/>.
    /// </summary>
    public async Task<Outcome<Guid>> TeachAsync(Guid person, Guid conversation, bool agrees, CancellationToken ct)
    {
        DateTimeOffset? since = agrees ? time.GetUtcNow() : null;
        var changed = await db
            .Participants.Where(p => p.ConversationId == conversation && p.CitizenId == person && (p.TeachesSince != null) != agrees)
            .Where(p => db.Conversations.Any(c => c.Id == p.ConversationId && c.OwnerId == person))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.TeachesSince, since), ct);
        return changed > 0 ? conversation : await FoundAsync(person, conversation, ct);
    }

    /// <summary>About one thing there is one conversation with each minion: where it is there already, it is the one.</summary>
    private async Task<Outcome<Guid>> CreateAboutAsync(
        Guid person,
        Guid minion,
        IConversationSubject subject,
        ConversationInput input,
        CancellationToken ct
    )
    {
        if (input.RelatedId is not { } id || !await subject.ExistsAsync(person, id, ct))
        {
            return Failure.Invalid("related_id", $"There is no such {subject.Type}, or it is not yours.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, {AdvisoryLocks.ConversationSubject}))",
            ct
        );
        var there = await db
            .Conversations.OwnedBy(person)
            .Where(c => c.RelatedType == subject.Type && c.RelatedId == id && c.Participants.Any(p => p.CitizenId == minion))
            .OrderBy(c => c.CreatedAt)
            .Select(c => new { c.Id, c.Participants.Single(p => p.CitizenId == minion).Version })
            .FirstOrDefaultAsync(ct);
        if (there is not null)
        {
            return input.MinionVersion is { } asked && asked != there.Version
                ? Failure.Conflict($"There is a conversation about this {subject.Type} already, in which another version answers.")
                : there.Id;
        }

        var made = Add(person, minion, input);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Tell(person, made);
        return made;
    }

    private static Failure? TooLong(string? title) =>
        title?.Length > MaxTitle ? Failure.Invalid("title", $"A title has at most {MaxTitle} characters.") : null;

    private Guid Add(Guid person, Guid minion, ConversationInput input)
    {
        var now = time.GetUtcNow();
        var conversation = new Conversation
        {
            OwnerId = person,
            Title = PlainWords.Named(input.Title ?? "") is { Length: > 0 } title ? title : null,
            RelatedType = input.RelatedType,
            RelatedId = input.RelatedId,
            CreatedAt = now,
            UpdatedAt = now,
        };
        conversation.Participants.Add(Joined(conversation.Id, person, version: null, now));
        conversation.Participants.Add(Joined(conversation.Id, minion, input.MinionVersion, now));
        db.Add(conversation);
        return conversation.Id;
    }

    /// <summary>Says to open pages that the conversation changed. Not before it is committed: they read it anew at once.</summary>
    internal void Tell(Guid person, Guid conversation) => live.Publish(person, new LiveEvent(ChatEvents.Conversation, conversation, null));

    private async Task<Outcome<Guid>> FoundAsync(Guid person, Guid conversation, CancellationToken ct) =>
        await db.Conversations.OwnedBy(person).AnyAsync(c => c.Id == conversation, ct) ? conversation : Failure.NotFound("conversation");

    private static Participant Joined(Guid conversation, Guid citizen, int? version, DateTimeOffset now) =>
        new()
        {
            ConversationId = conversation,
            CitizenId = citizen,
            Version = version,
            JoinedAt = now,
        };

    private Outcome<Guid> Told(Guid person, Guid conversation, int changed)
    {
        if (changed == 0)
        {
            return Failure.NotFound("conversation");
        }

        Tell(person, conversation);
        return conversation;
    }
}
