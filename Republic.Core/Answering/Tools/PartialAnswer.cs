using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Traces;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;

namespace Republic.Core.Answering.Tools;

/// <summary>The part of an answer that was written before it waited for a person.</summary>
/// <param name="Rounds">The rounds of its tool calls.</param>
/// <param name="Written">Its text, and the figures of that.</param>
internal sealed record PartialAnswer(IReadOnlyList<ToolRound> Rounds, WrittenTurn Written, AnswerTrace? Trace)
{
    /// <param name="answer">A message, an attempt at a task, or a step of an episode: whichever <typeparamref name="TTurn"/> is.</param>
    /// <returns>Null where the answer begins.</returns>
    public static async Task<PartialAnswer?> LoadAsync<TTurn>(RepublicDb db, Guid answer, CancellationToken ct)
        where TTurn : Turn
    {
        var calls = await db
            .ToolCalls.AsNoTracking()
            .Where(c => c.MessageId == answer || c.AttemptId == answer || c.StepId == answer)
            .OrderBy(c => c.Round)
            .ThenBy(c => c.Position)
            .ToListAsync(ct);
        if (calls.Count == 0)
        {
            return null;
        }

        var row = await db.Set<TTurn>().AsNoTracking().SingleAsync(t => t.Id == answer, ct);
        var text = await db.SavedTextAsync<TTurn>(answer, ct);
        return new PartialAnswer(RoundsOf(calls, text), new WrittenTurn(Receipt(row), text, row.StartedAt ?? row.UpdatedAt), row.Trace);
    }

    private static List<ToolRound> RoundsOf(List<ToolCall> calls, string text)
    {
        List<ToolRound> rounds = [];
        var from = 0;
        foreach (var round in calls.GroupBy(call => call.Round))
        {
            var to = Math.Min(round.First().Offset, text.Length);
            rounds.Add(new ToolRound(text[from..Math.Max(from, to)], [.. round]));
            from = Math.Max(from, to);
        }

        return rounds;
    }

    private static AnswerReceipt Receipt(Turn row) =>
        new(AnswerEnd.Waiting, Error: null)
        {
            Provider = row.Provider,
            Model = row.Model,
            MinionVersion = row.MinionVersion,
            PromptTokens = row.PromptTokens,
            CompletionTokens = row.CompletionTokens,
            Cost = row.Cost,
            Route = row.Route,
            Trace = row.Trace,
            FirstTokenMs = row.FirstTokenMs,
            GenerationMs = row.GenerationMs,
        };
}
