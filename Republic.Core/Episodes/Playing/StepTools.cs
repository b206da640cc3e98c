using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;

namespace Republic.Core.Episodes.Playing;

/// <summary>The tool calls of a step: those that it asked for before it waited, and those that its minion may ask for.</summary>
internal sealed class StepTools(IMinionTools tools, IDbContextFactory<RepublicDb> databases)
{
    /// <returns>Null where the step begins.</returns>
    public async Task<PartialAnswer?> BeforeAsync(Guid step, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await PartialAnswer.LoadAsync<Step>(db, step, ct);
    }

    /// <summary>The tools of a minion in its role. What others said stands in its prompt from the beginning.</summary>
    /// <returns>Null where there are none, or the model takes none.</returns>
    public async Task<ToolSession?> OpenAsync(Player player, Guid step, PartialAnswer? before, CancellationToken ct) =>
        player.Cast is { IsBare: false, Route.TakesTools: true }
            ? await tools.OpenAsync(
                new ToolOrder(player.Minion, AnswerAudience.Episode)
                {
                    Step = step,
                    Said = [.. player.Knowledge.Lines.Where(line => line.Author == player.Minion.OwnerId).Select(line => line.Text)],
                    HasReadOthers = true,
                    Earlier = before?.Rounds ?? [],
                },
                ct
            )
            : null;

    /// <summary>The part of an answer that others hear: what was said behind the last call, or all of it where nothing was.</summary>
    public async Task<string> SpokenAsync(Guid step, string text, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var from = await db.ToolCalls.Where(c => c.StepId == step).MaxAsync(c => (int?)c.Offset, ct) ?? 0;
        var said = text[Math.Min(from, text.Length)..].TrimStart();
        return VisibleText.OrNull(said) is null ? text : said;
    }
}
