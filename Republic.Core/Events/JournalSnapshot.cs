namespace Republic.Core.Events;

/// <summary>How a journal's subject stands at one moment, as its readers see it. Two that are equal are sent once.</summary>
/// <param name="Name">Of the server-sent event.</param>
/// <param name="Data">A record, which becomes JSON.</param>
/// <param name="IsOver">Nothing will be added to the journal.</param>
public sealed record JournalSnapshot(string Name, object Data, bool IsOver)
{
    /// <summary>The subject of the live events that tell of new entries, where it is not that of the journal.</summary>
    public Guid? Topic { get; init; }
}
