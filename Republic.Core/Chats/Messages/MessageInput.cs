namespace Republic.Core.Chats.Messages;

/// <param name="Key">Made by the sender: sent twice, it is one message.</param>
public sealed record MessageInput(string? Content, Guid? ReplyToId = null, string? Key = null)
{
    public const int MaxLength = 100_000;
    public const int MaxKeyLength = 100;

    /// <summary>What will be stored, or what is wrong with it.</summary>
    internal Outcome<MessageInput> Checked()
    {
        // PostgreSQL holds neither of these.
        var content = (Content ?? "").Replace("\0", "").ReplaceLineEndings("\n").Trim();
        content = string.Concat(content.EnumerateRunes().Select(rune => rune.ToString()));
        if (content.Length == 0)
        {
            return Failure.Invalid("content", "Write something first.");
        }

        if (content.Length > MaxLength)
        {
            return Failure.Invalid(
                "content",
                $"The message has {content.Length:N0} characters, and {MaxLength:N0} is the most. Shorten it, or send it in parts."
            );
        }

        return Key?.Length > MaxKeyLength
            ? Failure.Invalid("key", $"The key has more than {MaxKeyLength} characters.")
            : this with
            {
                Content = content,
                Key = string.IsNullOrWhiteSpace(Key) ? null : Key.Replace("\0", ""),
            };
    }
}
