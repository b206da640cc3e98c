namespace Republic.Core.Chats;

public sealed class ChatSettings
{
    /// <summary>How often an answer that is being written is saved. Each save is also its heartbeat.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>An answer silent for so long has lost its writer.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an answer that is done keeps trying to be saved when the database is away.</summary>
    public TimeSpan SavePatience { get; set; } = TimeSpan.FromMinutes(1);
}
