namespace Republic.Core.Chats.Messages;

public enum DeliveryStatus
{
    /// <summary>Saved here.</summary>
    Sent,

    /// <summary>Handed to the other side: its answer is pending, or the answer is there to be read.</summary>
    Delivered,

    /// <summary>The other side has read it.</summary>
    Read,
}
