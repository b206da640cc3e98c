namespace Republic.Core.Answering.Tools;

/// <summary>Lets an answer go on that waited for a person to decide on its tool calls, or ends it. One for each kind of answer.</summary>
public interface ITurnResumer
{
    /// <summary>Goes on with the answer of a call, if that waits and none of its calls does. Asked twice, it goes on once.</summary>
    /// <returns>False where this is not its kind of answer, or it does not wait, or another of its calls does.</returns>
    Task<bool> ResumeAsync(ToolCall call, CancellationToken ct);

    /// <summary>Goes on with answers of its kind whose calls were decided on some time ago, and with which nobody goes on.</summary>
    /// <returns>How many.</returns>
    Task<int> ResumeDecidedAsync(CancellationToken ct);

    /// <summary>Ends an answer that waits, with what came: a call of it waited longer than one may.</summary>
    /// <param name="why">For people, with what to do.</param>
    /// <returns>False where this is not its kind of answer, or it does not wait.</returns>
    Task<bool> EndAsync(ToolCall call, string why, CancellationToken ct);
}
