using System.Globalization;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering;
using Republic.Core.Answering.Turns;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Knowing;
using Republic.Core.Episodes.Machine;
using Republic.Core.Jobs;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Episodes.Playing;

/// <summary>Has minions act and directors decide, and makes of it the event that is to be written down.</summary>
internal sealed class StepPlay(JobTurnWriter<Step> turns, StepServices services, ILogger<StepPlay> log)
{
    private static readonly string[] Scores = ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"];
    private static readonly string[] YesOrNo = ["yes", "no"];
    private const string None = "none";

    /// <summary>The outcome of a minion that named none of those it may.</summary>
    private const string Refused = "refused";

    /// <summary>Takes over what the job itself added to the journal.</summary>
    public void Follow(TimelineChange saved) => services.Players.Follow(saved);

    /// <returns>What came of it; null where the step does not wait to be done any more.</returns>
    public async Task<PlayedStep?> ActAsync(JobRun run, NextStep next, Step step, CancellationToken ct)
    {
        var sink = new StepSink(next, step, services);
        if (step.State == TurnState.Complete)
        {
            // An earlier start died while the outcome or the score was asked for.
            using var turn = new RunningTurn(step.Id);
            var loaded = await sink.RequestAsync(turn, ct);
            var took = TakenBy(step.Cost, step.PromptTokens, step.CompletionTokens);
            return new(
                step,
                null,
                loaded.Ok ? await DecideAsync(run, sink, step, step.Content, took, ct) : Failed(step, loaded.Failure.Message, took)
            );
        }

        var written = next.BegunAt is { } begun
            ? await turns.WriteAsync(run, step.Id, begun, sink, ct)
            : await turns.WriteAsync(run, step.Id, sink, ct);
        return written is null ? null : await EndAsync(run, step, sink, written, ct) with { PromptHash = sink.Prompt?.Hash };
    }

    private async Task<PlayedStep> EndAsync(JobRun run, Step step, StepSink sink, WrittenTurn written, CancellationToken ct)
    {
        if (sink.Reached is { } limit)
        {
            return new(step, written, new EpisodeEvent.LimitReached(step.Seq, limit));
        }

        var receipt = written.Receipt;
        var wasSent = receipt.Route?.Attempts.Any(attempt => attempt.WasSent) == true;
        var taken = TakenBy(
            receipt.Cost,
            receipt.PromptTokens ?? Estimated(wasSent, sink.Prompt?.Characters),
            receipt.CompletionTokens ?? Estimated(wasSent, written.Text.Length)
        );
        if (receipt.End == AnswerEnd.Waiting)
        {
            return new(step, written, new EpisodeEvent.CallsAwaited(step.Seq, taken.Cost, taken.Tokens));
        }

        if (receipt.End != AnswerEnd.Complete || sink.Player is not { } player)
        {
            return new(step, written, Failed(step, receipt.Error ?? "It was stopped.", taken) with { IsUntried = !wasSent });
        }

        if (sink.HasTools)
        {
            written = written with { Text = await services.Tools.SpokenAsync(step.Id, written.Text, ct) };
        }

        if (VisibleText.OrNull(written.Text) is null)
        {
            var why = $"{player.Minion.Citizen.DisplayName} ended the answer without a word. {sink.Retry}, or {sink.Change}.";
            var failed = written with { Receipt = receipt with { End = AnswerEnd.Failed, Error = why } };
            return new(step, failed, Failed(step, why, taken));
        }

        if (IsAskedOn(sink, player, written.Text))
        {
            // Whoever goes on after a kill asks for the rest alone.
            await turns.EndAsync(run, step.Id, written, ct);
            return new(step, null, await DecideAsync(run, sink, step, written.Text, taken, ct));
        }

        var done = await DecideAsync(run, sink, step, written.Text, taken, ct);
        return new(step, done is EpisodeEvent.StepDone { Text: var text } ? written with { Text = text } : written, done);
    }

    /// <summary>Whether the outcome or the score of an answer is asked for, in calls of their own.</summary>
    private static bool IsAskedOn(StepSink sink, Player player, string answer)
    {
        var labels = player.Machine.LabelsOf(player.State);
        return player.Machine.WantsScore(player.State)
            || (labels.Count > 0 && (sink.Named.Count == 0 || OutcomeLine.Read(answer, labels).Label is null));
    }

    /// <summary>The step with its outcome and its score, where conditions read them.</summary>
    /// <param name="taken">What the answer took.</param>
    private async Task<EpisodeEvent> DecideAsync(
        JobRun run,
        StepSink sink,
        Step step,
        string answer,
        LabelChoice taken,
        CancellationToken ct
    )
    {
        var player = sink.Player!;
        var (labels, wantsScore) = (player.Machine.LabelsOf(player.State), player.Machine.WantsScore(player.State));
        var (label, text) = sink.Named.Count > 0 ? OutcomeLine.Read(answer, labels) : (null, answer);
        var (outcome, score) = (new LabelChoice(label ?? step.Outcome, 0, 0), new LabelChoice(null, 0, 0));
        try
        {
            if (outcome.Label is null && labels.Count > 0)
            {
                outcome = await ChooseAsync(sink, text, "Decide now", labels, OrderedIds.Next(step.Id, 1), ct);
                _ = wantsScore && await turns.AddAsync(run, step.Id, set => Keep(set, outcome), ct);
            }

            if (wantsScore)
            {
                score = await ChooseAsync(sink, text, "Rate it from 0, bad, to 1, good", Scores, OrderedIds.Next(step.Id, 2), ct);
            }
        }
        catch (ProviderException error)
        {
            return Failed(step, error.Message, taken);
        }

        return new EpisodeEvent.StepDone(
            step.Seq,
            step.Role,
            step.CitizenId,
            text,
            labels.Count > 0 ? outcome.Label ?? Refused : null,
            score.Label is { } rated ? double.Parse(rated, CultureInfo.InvariantCulture) : null,
            taken.Cost + outcome.Cost + score.Cost,
            taken.Tokens + outcome.Tokens + score.Tokens
        );
    }

    /// <summary>The outcome and what it took, so that whoever goes on after a kill asks for the score alone.</summary>
    private static void Keep(UpdateSettersBuilder<Step> set, LabelChoice outcome) =>
        set.SetProperty(s => s.Outcome, outcome.Label ?? Refused)
            .SetProperty(s => s.Cost, s => s.Cost + outcome.Cost)
            .SetProperty(s => s.PromptTokens, s => s.PromptTokens + (int)outcome.Tokens);

    /// <summary>In tokens, where the provider does not count: an episode must come to its limit all the same.</summary>
    private static int? Estimated(bool wasSent, long? characters) =>
        wasSent ? (int)((characters ?? 0) / TurnLimit.CharactersPerToken) : null;

    private static LabelChoice TakenBy(decimal? cost, int? prompt, int? answer) =>
        new(null, cost ?? 0, (long)(prompt ?? 0) + (answer ?? 0));

    private static EpisodeEvent.StepFailed Failed(Step step, string error, LabelChoice taken) =>
        new(step.Seq, error, taken.Cost, taken.Tokens);

    /// <summary>Asks the director.</summary>
    public async Task<EpisodeEvent> JudgeAsync(NextStep next, CancellationToken ct)
    {
        var (state, machine, timeline) = (next.State, next.Machine, next.Timeline.Id);
        var (ask, director) = (state.Ask!.Value, machine.Director!);
        var loaded = await services.Players.LoadAsync(next, director, state.Cast[director].Citizen, ct);
        if (!loaded.Ok)
        {
            return new EpisodeEvent.StepFailed(ask, loaded.Failure.Message, 0, 0) { IsUntried = true };
        }

        var player = loaded.Value;
        var indexes = machine.QuestionsOf(state);
        var transitions = machine.Definition.State(state.Position.Current!)!.Next;
        string[] labels = indexes.Count == 1 ? YesOrNo : [.. indexes.Select((_, i) => $"{i + 1}"), None];
        var prompt = RolePrompt.OfDirector(
            player.Role,
            player.Knowledge,
            [.. indexes.Select(index => transitions[index].Condition ?? "")],
            labels,
            player.Description
        );
        try
        {
            var (route, key) = (player.Cast.Route, OrderedIds.Next(timeline, (int)ask));
            var chosen = await services.Watch.AskAsync(
                next,
                end => services.Labels.ChooseAsync(route, prompt.Instructions, prompt.Turns, labels, key, end),
                ct
            );
            var at = Array.IndexOf(labels, chosen.Label);
            return new EpisodeEvent.Judged(ask, at >= 0 && at < indexes.Count ? indexes[at] : null, chosen.Cost, chosen.Tokens);
        }
        catch (ProviderException error)
        {
            log.LogInformation("The director of timeline {Timeline} gave no answer: {Reason}", timeline, error.Message);
            return new EpisodeEvent.StepFailed(ask, error.Message, 0, 0);
        }
    }

    /// <param name="question">Without the labels.</param>
    /// <param name="key">The same after a kill.</param>
    private Task<LabelChoice> ChooseAsync(
        StepSink sink,
        string text,
        string question,
        IReadOnlyList<string> labels,
        Guid key,
        CancellationToken ct
    )
    {
        var (player, prompt) = (sink.Player!, sink.Prompt!);
        var ask = $"{question}. Answer with one of: {string.Join(", ", labels)}.";
        IReadOnlyList<ChatMessage> asked = [.. prompt.Turns, new(ChatRole.Assistant, text), new(ChatRole.User, ask)];
        return services.Watch.AskAsync(
            player.Next,
            end => services.Labels.ChooseAsync(player.Cast.Route, prompt.Instructions, asked, labels, key, end),
            ct
        );
    }
}
