namespace Republic.Core.Memories;

public enum MemorySource
{
    /// <summary>Said in a chat, and found there.</summary>
    Chat,

    /// <summary>Written down by the person.</summary>
    Person,

    /// <summary>Learned by the minion in an episode that it played.</summary>
    Episode,
}
