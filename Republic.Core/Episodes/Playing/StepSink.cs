using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Knowing;
using Republic.Core.Events;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Episodes.Playing;

/// <summary>One step of a minion in its role.</summary>
internal sealed class StepSink(NextStep next, Step step, StepServices services) : ITurnSink
{
    /// <summary>Behind the keys of the outcome and the score: what goes on after tool calls is another question.</summary>
    private const int KeyOfRounds = 10;

    /// <summary>Who was asked; null before that.</summary>
    public Player? Player { get; private set; }

    public RolePrompt? Prompt { get; private set; }

    /// <summary>The labels that the minion was told to name one of in its answer.</summary>
    public IReadOnlyList<string> Named { get; private set; } = [];

    /// <summary>The limit that this step could have passed, so that nobody was asked; null for none.</summary>
    public LimitKind? Reached { get; private set; }

    /// <summary>The minion was given tools, or called some before its step waited.</summary>
    public bool HasTools { get; private set; }

    public string Retry => "Resume to try again";

    public string Change => "give the role to somebody else";

    public async Task<Outcome<TurnRequest>> RequestAsync(RunningTurn turn, CancellationToken ct)
    {
        // One that was begun as it was asked for has nothing before.
        var before = next.BegunAt is null ? await services.Tools.BeforeAsync(step.Id, ct) : null;
        turn.Begin(before?.Written);
        var loaded = await services.Players.LoadAsync(next, step.Role, step.CitizenId, ct);
        if (!loaded.Ok)
        {
            return loaded.Failure;
        }

        Player = loaded.Value;
        turn.Phase = $"{Player.Minion.Citizen.DisplayName} acts";
        Named = Player.Cast.ChoosesAfterwards ? [] : Player.Machine.LabelsOf(Player.State);
        var state = Player.Machine.Definition.State(step.Action)!;
        Prompt = RolePrompt.Of(
            Character.SystemPrompt(Player.Minion),
            Player.Role,
            state,
            Player.Knowledge,
            Named,
            Player.Cast.IsBare,
            Player.Description
        );
        var tools = await services.Tools.OpenAsync(Player, step.Id, before, ct);
        HasTools = tools is not null || before is not null;
        return Request(Player, Prompt, tools, before);
    }

    public void Saved() => services.Live.Publish(next.Episode.OwnerId, new LiveEvent(EpisodeChanges.Working, step.EpisodeId, null));

    /// <summary>The episode may have gone on without this step: its role was given to somebody else, or a person ended it.</summary>
    public async Task<string?> RefusalAsync(CancellationToken ct)
    {
        await using var db = await services.Databases.CreateDbContextAsync(ct);
        return await db.Steps.AnyAsync(s => s.Id == step.Id && s.State == TurnState.Streaming, ct) ? null : Machine.EventRefusals.Stale;
    }

    private Outcome<TurnRequest> Request(Player player, RolePrompt prompt, ToolSession? tools, PartialAnswer? before)
    {
        var route = player.Cast.Route;
        var price = route.Nearest is { } target ? services.Prices.Find(next.Episode.OwnerId, target)?.Price : null;
        var results = before?.Rounds.SelectMany(round => round.Calls).Sum(call => (long)(call.Result?.Length ?? 0)) ?? 0;
        var budget = StepBudget.Of(player.State, prompt.Characters + results, price);
        if (budget.Reached is { } kind)
        {
            Reached = kind;
            return Failure.Conflict("A limit of the episode is reached.");
        }

        var options = Character.Options(player.Minion);
        options.Instructions = prompt.Instructions;
        options.SetIdempotencyKey(before is null ? step.Id : OrderedIds.Next(step.Id, KeyOfRounds + before.Rounds.Count));
        options.MaxOutputTokens = (int)Math.Min(player.Minion.MaxTokens ?? StepBudget.LongestAnswer, budget.Tokens);
        var call = new MinionCall(player.Minion, route, AnswerAudience.Episode)
        {
            Pipeline = player.Minion.Pipeline with { AnswersWithoutPassages = true },
            ContextLength = route.Candidates[0].ContextLength,
            Query = prompt.Query,
            Tools = tools,
            Resumed = before?.Trace,
        };
        return new TurnRequest(call, prompt.Turns, options) { MaxLength = EpisodeRules.LongestText };
    }
}
