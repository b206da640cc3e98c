using Microsoft.EntityFrameworkCore;

namespace Republic.Core.Data;

/// <summary>
/// The numbers of all advisory locks of the database, so that no two things wait for each other by chance. So that they never do, whoever
/// holds several locks, of these or of rows, takes them in this order: sign-ups; a person's turn, as for tasks or training, or that of the
/// subject of a conversation; the citizen of a person; accounts by their ids; jobs; a quota, or additions; what is the noun's own, as a model,
/// a dataset or a scenario; conversations; messages; a minion, then its citizen, its versions and runs, and capabilities; a model's file; the
/// audit log.
/// </summary>
internal static class AdvisoryLocks
{
    /// <summary>A key of its own: sign-ups, so that one account is the first.</summary>
    public const long SignUp = 0x5265_7075_626c_6963;

    /// <summary>A key of its own: writers of the audit log, so that each entry continues the one before.</summary>
    public const long AuditLog = 0x6175_6469_746c_6f67;

    /// <summary>A key of its own: nodes that bring the schema up to date.</summary>
    public const long Schema = 0x53_63_68_65_6D_61;

    /// <summary>A key of its own: nodes that make the tables of the queue of jobs.</summary>
    public const long JobStore = 0x52_65_70_4A_6F_62;

    /// <summary>A key of its own: a backup that is being taken, so that there is one at once.</summary>
    public const long Backup = 0x42_61_63_6B_75_70;

    /// <summary>A seed of <c>hashtextextended</c> over a kind of files and a person: files that are saved.</summary>
    public const long FileQuota = 0;

    /// <summary>A seed over the SHA-256 of a model's file: its installation and deletion.</summary>
    public const long PersonalModelStore = 1;

    /// <summary>A seed over a person: starts of training runs, the end of consent to learn from a chat, and deletions of datasets.</summary>
    public const long TrainingControl = 5;

    /// <summary>A seed over the place of a provider's list of models: what was read there.</summary>
    public const long ProviderLists = 6;

    /// <summary>A seed over a person: comparisons that are made.</summary>
    public const long ComparisonEditor = 7;

    /// <summary>A seed over a person: changes of their tasks, since whether a dependency closes a cycle depends on all of them.</summary>
    public const long Tasks = 8;

    /// <summary>A seed over what a conversation is about: conversations about it that are begun, since each minion has one.</summary>
    public const long ConversationSubject = 10;

    /// <summary>A seed over a person: scenarios that are made.</summary>
    public const long Scenarios = 11;

    /// <summary>A seed over a person: changes of what is remembered of them, since what contradicts what depends on all of it.</summary>
    public const long Memories = 12;

    /// <summary>A seed over a person, a collection, or nobody for what is everybody's: what is added where only so many may be.</summary>
    public const long Additions = 13;

    /// <summary>A seed over a person: episodes that are made.</summary>
    public const long Episodes = 15;

    /// <summary>A seed over a tool server: changes of who is signed in to it, since a token that renews others is of use once. The audit log alone comes after it.</summary>
    public const long ToolServerSignIn = 16;

    /// <summary>A seed over a person and a kind of job: starts of jobs, where only so many of the kind run for one person.</summary>
    public const long JobStarts = 14;

    /// <summary>Waits for its turn, and has it until the transaction ends.</summary>
    /// <param name="seed">One of those above.</param>
    public static Task TakeAsync(RepublicDb db, Guid id, long seed, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, {seed}))", ct);
}
