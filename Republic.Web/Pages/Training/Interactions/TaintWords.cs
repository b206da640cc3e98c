using Republic.Core.Interactions;
using Republic.Core.Interactions.Lineage;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Interactions;

internal static class TaintWords
{
    /// <summary>Says what was taken back since a version learned from it.</summary>
    public static string Of(VersionSource source)
    {
        var deleted = source.Chats.Count(chat => !chat.Exists);
        var withdrawn = source.Chats.Count(chat => chat is { Exists: true, Teaches: false });
        List<string> parts =
        [
            .. deleted > 0 ? [$"{Figures.Count(deleted, "chat")} deleted"] : (string[])[],
            .. withdrawn > 0 ? [$"{Figures.Count(withdrawn, "chat")} taken back"] : (string[])[],
            .. source.ForgottenMemories > 0 ? [$"{Figures.Count(source.ForgottenMemories, "memory", "memories")} forgotten"] : (string[])[],
        ];
        return $"It learned from data that was withdrawn since: {string.Join(", ", parts)}";
    }

    /// <summary>What a version learned that its person no longer wants it to know, and what became of that.</summary>
    public static string Learned(VersionSource source)
    {
        if (source.TakenBack == 0)
        {
            return "learned from memories that were forgotten";
        }

        var gone = source.Chats.Where(chat => !chat.Teaches).ToList();
        var became =
            gone.TrueForAll(chat => !chat.Exists) ? "deleted"
            : gone.TrueForAll(chat => chat.Exists) ? "taken back"
            : "deleted or taken back";
        var chats = gone.Count == 1 ? "a chat that was" : $"{Figures.Count(gone.Count)} chats that were";
        return $"learned {Figures.Count(source.TakenBack, "pair")} of {chats} {became}";
    }
}
