namespace Republic.Core.Answering.Tools;

/// <summary>The record of the tool calls of one answer, each written down before it is made and after.</summary>
public interface IToolJournal
{
    /// <summary>A call of this answer, that is not saved yet.</summary>
    ToolCall New(NewToolCall call);

    /// <summary>Saves the calls of a round, each with the state that it has.</summary>
    Task AddAsync(IReadOnlyList<ToolCall> calls, CancellationToken ct);

    /// <summary>Moves a call from approved to running, once: the one that gets true makes it.</summary>
    /// <returns>False where it is refused now, as it then says, where its answer has ended, or where somebody else makes it.</returns>
    Task<bool> BeginAsync(ToolCall call, ToolGrant grant, CancellationToken ct);

    /// <summary>Saves the end of a call that was begun, also where the answer is cancelled.</summary>
    Task EndAsync(ToolCall call);
}
