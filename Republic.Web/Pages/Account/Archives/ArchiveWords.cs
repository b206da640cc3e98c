using Republic.Core;
using Republic.Core.Archives;
using Republic.Core.Archives.Importing;

namespace Republic.Web.Pages.Account.Archives;

/// <summary>What is in archives, and what came of it, in words.</summary>
internal static class ArchiveWords
{
    public static string Kind(string kind) =>
        kind switch
        {
            ArchiveKinds.PersonalModels => "Personal models",
            _ => char.ToUpperInvariant(kind[0]) + kind[1..],
        };

    /// <summary>Such as “3 chats”.</summary>
    public static string Count(string kind, int number) =>
        kind == ArchiveKinds.Profile ? "what you say of yourself" : Counted.Of(number, One(kind), kind.Replace('_', ' '));

    /// <summary>Such as “2 were imported before”.</summary>
    public static string Skipped(string reason, int number) => $"{Counted.Of(number)} {Why(reason, number == 1)}";

    public static string Status(string status) =>
        status switch
        {
            ArchiveStatus.Queued => "Waits for its turn",
            ArchiveStatus.Running => "Under way",
            ArchiveStatus.Waiting => "Waits for your choice",
            ArchiveStatus.Completed => "Done",
            _ => "Failed",
        };

    /// <summary>The colour of a state's pill; null for none.</summary>
    public static string? Tone(string status) =>
        status switch
        {
            ArchiveStatus.Completed => "good",
            ArchiveStatus.Waiting => "warn",
            ArchiveStatus.Failed => "bad",
            _ => null,
        };

    private static string Why(string reason, bool isOne) =>
        reason switch
        {
            ImportReasons.AlreadyImported => isOne ? "was imported before" : "were imported before",
            ImportReasons.NotImportedYet => "cannot be imported yet",
            ImportReasons.Quota => "found no space",
            ImportReasons.TooLarge => isOne ? "is too large" : "are too large",
            ImportReasons.FileMissing => isOne ? "has no file in the archive" : "have no file in the archive",
            ImportReasons.MinionMissing => isOne ? "belongs to a minion that was not imported" : "belong to minions that were not imported",
            ImportReasons.Invalid => isOne ? "breaks a rule that holds here" : "break rules that hold here",
            _ => "could not be added",
        };

    private static string One(string kind) =>
        kind switch
        {
            ArchiveKinds.Memories => "memory",
            _ => kind.Replace('_', ' ').TrimEnd('s'),
        };
}
