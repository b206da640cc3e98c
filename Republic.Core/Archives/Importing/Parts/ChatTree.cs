using Republic.Core.Archives.Records;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>The messages of a chat as they are kept here: each by the rules of messages, and after the one that it is below.</summary>
internal static class ChatTree
{
    /// <summary>The longest answer that is imported; one that is written here has no limit of its own.</summary>
    private const int LongestAnswer = 1_000_000;
    private const int LongestError = 2000;

    private static Failure Unordered => Failure.Invalid("messages", "Its messages do not follow one another.");

    public static Outcome<IReadOnlyList<ArchivedMessage>> Of(IReadOnlyList<ArchivedMessage> messages)
    {
        var all = new Dictionary<Guid, ArchivedMessage>(messages.Count);
        var kept = new List<ArchivedMessage>(messages.Count);
        var known = new HashSet<Guid>();
        if (!messages.OfType<ArchivedMessage>().All(message => all.TryAdd(message.Id, message)))
        {
            return Unordered;
        }

        foreach (var message in messages.OfType<ArchivedMessage>())
        {
            if (Chain(message, all, known) is not { } chain)
            {
                return Unordered;
            }

            foreach (var next in chain)
            {
                var content = ContentOf(next);
                if (!content.Ok)
                {
                    return content.Failure;
                }

                kept.Add(
                    next with
                    {
                        Content = content.Value,
                        Error = next.Error is { } error ? ArchiveText.Plain(error, LongestError) : null,
                        ReplyToId = next.ReplyToId is { } to && known.Contains(to) ? to : null,
                    }
                );
                known.Add(next.Id);
            }
        }

        return Outcome<IReadOnlyList<ArchivedMessage>>.Of(kept);
    }

    /// <summary>
    /// The message, behind those above it that are not known yet: of two that were written in the same moment, either may stand first. Null
    /// where one is not there, or is above itself.
    /// </summary>
    private static Stack<ArchivedMessage>? Chain(ArchivedMessage message, Dictionary<Guid, ArchivedMessage> all, HashSet<Guid> known)
    {
        var chain = new Stack<ArchivedMessage>();
        var next = message;
        while (!known.Contains(next.Id))
        {
            chain.Push(next);
            if (next.ParentId is not { } parent)
            {
                break;
            }

            if (chain.Count > all.Count || !all.TryGetValue(parent, out var above))
            {
                return null;
            }

            next = above;
        }

        return chain;
    }

    private static Outcome<string> ContentOf(ArchivedMessage message)
    {
        if (message.ByMinion)
        {
            return message.Content.Length <= LongestAnswer
                ? message.Content.Replace("\0", "")
                : Failure.Invalid("content", $"An answer in it has {Counted.Of(message.Content.Length)} characters.");
        }

        var @checked = new MessageInput(message.Content).Checked();
        return @checked.Ok ? @checked.Value.Content! : @checked.Failure;
    }
}
