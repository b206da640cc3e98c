using Republic.Core.Answering.Tools;

namespace Republic.Tests.World;

/// <summary>The calls of an answer in memory, with what happened to them in its order.</summary>
internal sealed class ToolNotes(List<string> events) : IToolJournal
{
    public List<ToolCall> Calls { get; } = [];

    /// <summary>Calls that somebody else makes.</summary>
    public HashSet<string> Taken { get; } = [];

    public ToolCall New(NewToolCall call) =>
        new()
        {
            OwnerId = Guid.Empty,
            MinionId = Guid.Empty,
            Round = call.Round,
            Position = call.Position,
            Offset = call.Offset,
            CallId = call.CallId,
            Name = call.Name,
            Tool = call.Tool?.Tool ?? call.Name,
            Arguments = call.Arguments,
            Status = call.Status,
            IsUnasked = call.IsUnasked,
            Reason = call.Reason,
            AskedAt = DateTimeOffset.UnixEpoch,
        };

    public Task AddAsync(IReadOnlyList<ToolCall> calls, CancellationToken ct)
    {
        Calls.AddRange(calls);
        events.AddRange(calls.Select(call => $"{call.Status}: {call.Name}"));
        return Task.CompletedTask;
    }

    public Task<bool> BeginAsync(ToolCall call, ToolGrant grant, CancellationToken ct)
    {
        events.Add($"begun: {call.Name}");
        if (Taken.Contains(call.CallId))
        {
            return Task.FromResult(false);
        }

        call.Status = ToolCallStatus.Running;
        return Task.FromResult(true);
    }

    public Task EndAsync(ToolCall call)
    {
        events.Add($"{call.Status}: {call.Name}");
        return Task.CompletedTask;
    }
}
