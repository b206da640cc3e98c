using Microsoft.Extensions.AI;

namespace Republic.Core.Answering.Clients;

/// <summary>The record of one call to a minion, so that one that was answered is not made, and paid for, again.</summary>
public interface ICallJournal
{
    /// <summary>Writes the call down before it is made.</summary>
    /// <returns>Its idempotency key.</returns>
    Task<Guid> BeginAsync(CancellationToken ct);

    /// <summary>Adds its answer. A call that failed keeps none.</summary>
    Task EndAsync(ChatResponse answer, AnswerReceipt receipt, CancellationToken ct);
}
