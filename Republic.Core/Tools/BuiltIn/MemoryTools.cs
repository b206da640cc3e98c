using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Tools;
using Republic.Core.Memories;
using Republic.Core.Memories.Learning;
using Republic.Core.Memories.Recall;

namespace Republic.Core.Tools.BuiltIn;

/// <summary>The tools for what a minion remembers of its person.</summary>
internal sealed class MemoryTools(MemoryRecall recall, IServiceScopeFactory services)
{
    private const string Off = "Remembering is switched off. The person can switch it on under Memories, Settings.";

    public BuiltInTool Recall =>
        new(
            "recall_memory",
            "Recall memories",
            "what it remembers of you",
            ToolEffect.Reads,
            "Recalls what this person told you of themselves before, as far as it fits the question."
        )
        {
            Subject = ToolSubject.Memories,
            Method = scope =>
                ([Description("What you want to know of the person.")] string query, CancellationToken ct) => RecallAsync(scope, query, ct),
        };

    public BuiltInTool Propose =>
        new(
            "propose_memory",
            "Propose a memory",
            "you accept it under Memories",
            ToolEffect.Changes,
            "Proposes something to remember of this person for good. It is used once they have accepted it."
        )
        {
            Subject = ToolSubject.Memories,
            Method = scope =>
                (
                    [Description("One plain sentence, as the person would say it of themselves: “I live in Oslo.”")] string content,
                    CancellationToken ct
                ) => ProposeAsync(scope, content, ct),
        };

    private async Task<string> RecallAsync(ToolScope scope, string query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            throw new ToolException("Say what you want to know of the person.");
        }

        var recalled = await recall.RecallAsync(scope.Person, scope.Minion.Id, saidIn: null, query, ct);
        if (recalled == Recalled.Off)
        {
            throw new ToolException(Off);
        }

        List<string> lines = [.. recalled.Memories.Select(memory => $"- {memory.Content}")];
        if (recalled.Disputed is { } open)
        {
            lines.Add($"They said both “{open.Older}” and “{open.Newer}”, and have not settled which is right: use neither, or ask them.");
        }

        await recall.CountAsync([.. recalled.Memories.Select(memory => memory.Id).OfType<Guid>()], ct);
        // In an episode others spoke too.
        scope.Session.HasReadOthers |= recalled.Memories.Any(memory => memory.IsOfEpisode);
        return lines.Count == 0 ? "Nothing that you remember of the person fits this." : string.Join('\n', lines);
    }

    private async Task<string> ProposeAsync(ToolScope scope, string content, CancellationToken ct)
    {
        if (!await recall.IsOnAsync(scope.Person, ct))
        {
            throw new ToolException(Off);
        }

        await using var provider = services.CreateAsyncScope();
        var editor = provider.ServiceProvider.GetRequiredService<MemoryEditor>();
        var learned = new Learned(content ?? "", IsAsked: false, Importance: null)
        {
            Conversation = scope.Order.Conversation,
            Message = scope.Order.Message,
        };
        var proposed = await editor.ProposeAsync(scope.Person, scope.Minion.Id, learned, ct);
        return !proposed.Ok ? throw new ToolException(proposed.Failure.Message)
            : proposed.Value.IsNew ? "Proposed. It waits for the person at /memories, and is used once they accept it."
            : proposed.Value.Memory is { Status: MemoryStatus.Proposed } waiting
                ? $"“{waiting.Content}” is proposed already, and waits for the person."
            : $"This is written down already: “{proposed.Value.Memory.Content}”";
    }
}
