using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;

namespace Republic.Tests.World;

/// <summary>A journal in memory, with what happened in its order.</summary>
internal sealed class CallNotes(List<string> events) : ICallJournal
{
    public Guid Key { get; } = Guid.CreateVersion7();

    public AnswerReceipt? Receipt { get; private set; }

    public Task<Guid> BeginAsync(CancellationToken ct)
    {
        events.Add("begun");
        return Task.FromResult(Key);
    }

    public Task EndAsync(ChatResponse answer, AnswerReceipt receipt, CancellationToken ct)
    {
        events.Add($"ended: {answer.Text}");
        Receipt = receipt;
        return Task.CompletedTask;
    }
}
