namespace Republic.Bench;

/// <summary>How much is planted for a person, and how much is asked.</summary>
internal sealed record Size
{
    /// <summary>Enough to show that it runs.</summary>
    public static Size Quick { get; } =
        new()
        {
            Messages = 20_000,
            Chats = 400,
            Rounds = 1,
            Requests = 20,
        };

    public int Messages { get; init; } = 1_000_000;

    public int Chats { get; init; } = 20_000;

    public int Rounds { get; init; } = 3;

    /// <summary>Of each kind in a round.</summary>
    public int Requests { get; init; } = 100;

    /// <summary>Of a kind that takes long.</summary>
    public int FewRequests => Requests / 10;

    /// <summary>The number of the chat that has a branch of 5,000 messages.</summary>
    public int LongChat => Chats / 3;

    public int LongBranch => Messages / 200;

    /// <summary>The number of the chat in which one question has 10,000 answers.</summary>
    public int BranchedChat => Chats * 2 / 3;

    public int Branches => Messages / 100;

    /// <summary>The newest chats, where some are unread.</summary>
    public int Unread => Chats / 2;

    /// <summary>Messages that the app indexes anew.</summary>
    public int Reindexed => Messages / 50;

    /// <summary>Of the second person.</summary>
    public Size OfOther() => this with { Messages = Messages / 20, Chats = Chats / 20 };

    public int MessagesOf(int chat)
    {
        if (chat == LongChat || chat == BranchedChat)
        {
            return chat == LongChat ? LongBranch : Branches + 1;
        }

        long rest = Messages - LongBranch - Branches - 1;
        var (others, number) = (Chats - 2, chat - (chat > LongChat ? 1 : 0) - (chat > BranchedChat ? 1 : 0));
        return (int)((rest * (number + 1) / others) - (rest * number / others));
    }
}
