using System.Text.Json;
using Republic.Core.Data;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Retention;
using Republic.Core.PersonalModels;
using Republic.Core.Trainer;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Prompts;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Steps;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Measuring;

/// <summary>How much the draft kept of what the version before could do, on questions that nothing was learned from.</summary>
internal sealed class KeptAnswers(
    TrainingSupervisor supervisor,
    TrainingFiles files,
    ModelFinder models,
    RetentionQuestions questions,
    AnswerMeaning meaning,
    TimeProvider time
)
{
    /// <summary>
    /// The lowest that is drawn at: at 0 every draw would be the same, and chance could not be told from forgetting. The limits of the gate were
    /// measured at this one (<c>bench/verdict</c>).
    /// </summary>
    private const double LeastTemperature = 0.7;

    /// <inheritdoc cref="RetentionMeasure.Work"/>
    public int Work(StepRun run) =>
        RetentionMeasure.Work(RetentionStop.Usual(questions.Expected(run)), HeldOutLosses.AdapterOf(run, run.Before.Speaker()) is not null);

    public async Task<Outcome<Retention>> MeasureAsync(StepRun run, Speaker draft, CancellationToken ct)
    {
        // What a start that was killed has left.
        files.DeleteAsked(run.Job.Id, DateTimeOffset.MaxValue);
        var (asked, setAside) = await questions.OfAsync(run, ct);
        try
        {
            var measured = await MeasureAsync(run, draft, asked, ct);
            return measured.Ok ? measured.Value with { SetAside = setAside } : measured.Failure;
        }
        finally
        {
            if (asked.Any(prompt => prompt.Kind == ReferencePrompts.Chats))
            {
                files.DeleteAsked(run.Job.Id, run.Epoch);
            }
        }
    }

    private async Task<Outcome<Retention>> MeasureAsync(
        StepRun run,
        Speaker draft,
        IReadOnlyList<(string Kind, string Question)> asked,
        CancellationToken ct
    )
    {
        var (prompts, findings) = files.AskedBy(run.Job.Id, run.Epoch);
        var former = run.Before.Speaker();
        Write(prompts, asked, former.SystemPrompt, draft.SystemPrompt);
        var learned = RowFiles.Paths(files.FolderOf(run.Job.Id)).Learned;
        var model = models.PathOf(run.Job.OwnerId, run.Config.BaseModel!);
        var order = new RetentionOrder(model, prompts, findings)
        {
            FormerAdapterPath = PathOf(HeldOutLosses.AdapterOf(run, former)),
            AdapterPath = PathOf(HeldOutLosses.AdapterOf(run, draft)),
            LearnedPath = File.Exists(learned) ? learned : null,
            Seed = run.Config.Lora.Seed,
            Temperature = TemperatureOf(ModelSampling.Of(GgufReader.Read(model)), run.Before.Temperature),
        };
        var measured = await MeasurementRetry.MakeAsync(
            run,
            token => supervisor.MeasureRetentionAsync(order, share => run.DidOf(WorkKind.Retention, share.Done, share.Of), token),
            time,
            ct
        );
        if (!measured.Ok)
        {
            return measured.Failure;
        }

        // The process that measured has ended: what it held in memory is free for the embedding model.
        var found = await ReadAsync(findings, ct);
        var pairs = Rewordings.Of(found);
        var same = await meaning.SameAsync(run, pairs, ct);
        return Of(found, questions.IsBuiltIn(run) ? WithIntents(same, pairs, ModelIntents.BuiltIn(run.Config.BaseModel!)) : same);
    }

    /// <summary>
    /// Adds the pairs that are two answers to one intent, where it is known which those are: other jokes, or “I speak English only.” and “English is
    /// my only language.”, whose vectors are not near enough.
    /// </summary>
    internal static IReadOnlySet<AnswerPair>? WithIntents(
        IReadOnlySet<AnswerPair>? same,
        IReadOnlyCollection<AnswerPair> pairs,
        ModelIntents? intents
    ) =>
        intents is null || same is null
            ? same
            : pairs
                .Where(pair => intents.IntentOf(pair.Before) is { } intent && intent == intents.IntentOf(pair.After))
                .Concat(same)
                .ToHashSet();

    /// <summary>The temperature of chats with the minion, as far as a measurement can draw at it.</summary>
    internal static float TemperatureOf(ModelSampling model, double? minion) =>
        (float)Math.Max(model.With(minion, topP: null).Temperature, LeastTemperature);

    private static async Task<RetentionFindings> ReadAsync(string findings, CancellationToken ct)
    {
        await using var found = File.OpenRead(findings);
        return (await JsonSerializer.DeserializeAsync<RetentionFindings>(found, SnakeCaseJson.Options, ct))!;
    }

    /// <param name="same">The pairs that mean the same; null where words alone tell.</param>
    internal static Retention Of(RetentionFindings findings, IReadOnlySet<AnswerPair>? same)
    {
        if (same is null)
        {
            return Of(findings);
        }

        var counted = Rewordings.Counted(findings, same);
        var reworded = counted
            .Answers.Zip(findings.Answers, (answer, byWords) => (Answer: answer, WasLost: byWords.IsLost))
            .Where(one => !one.Answer.IsLost && one.Answer.OtherWordings.Any(other => Rewordings.Keeps(one.Answer, other, same)))
            .OrderByDescending(one => one.WasLost)
            .Select(one => Reworded(one.Answer, same))
            .ToList();
        return Of(counted) with
        {
            KeptByWords = Of(findings).Kept,
            NeededBeyondShare = Retention.GainByMeaning,
            InOtherWords = reworded.Count,
            Reworded = [.. reworded.Take(Retention.MostLost)],
        };
    }

    private static RewordedAnswer Reworded(RetainedAnswer answer, IReadOnlySet<AnswerPair> same)
    {
        var others = answer.OtherWordings.Where(other => Rewordings.Keeps(answer, other, same)).ToList();
        return new(answer.Question, answer.Kind, answer.Before, others[0].Text, others.Count);
    }

    internal static Retention Of(RetentionFindings findings)
    {
        var of = findings.Answers.Count;
        var before = findings.Answers.Sum(answer => answer.AgreementBefore);
        var lost = findings
            .Answers.Where(answer => answer.IsLost)
            .OrderByDescending(answer => answer.ComesApart)
            .ThenBy(answer => answer.Agreement);
        var kept = Share(findings.Answers.Sum(answer => answer.Agreement));
        return new Retention(Whole(kept), of, of - findings.Repeats.Select(sum => Whole(Share(sum))).DefaultIfEmpty(of).Min())
        {
            KeptExactly = kept,
            OutOf = findings.OutOf,
            Lost =
            [
                .. lost.Take(Retention.MostLost)
                    .Select(answer => new LostAnswer(
                        answer.Question,
                        answer.Kind,
                        answer.Before,
                        answer.After,
                        ReasonOf(answer),
                        answer.ComesApart
                    )
                    {
                        Missing = Share(Math.Max(0, answer.AgreementBefore - answer.Agreement)),
                    }),
            ],
            Kinds = findings.Answers.CountBy(answer => answer.Kind).ToDictionary(),
            Degenerate = findings.Answers.Count(answer => answer.ComesApart),
            Manner = findings.Manner is { } manner
                ? new Manner(
                    manner.Opening,
                    manner.Closing,
                    findings.Answers.Count(answer => answer.MannerBefore),
                    findings.Answers.Count(answer => answer.MannerAfter),
                    of
                )
                : null,
            LossRise = findings.Answers.Average(answer => answer.LossRise),
            Divergence = findings.Answers.Average(answer => answer.Divergence),
        };

        // An answer that comes up half as often as before is half kept; one that comes up more often makes up for chance elsewhere.
        double Share(double agreement) => before > 0 ? Math.Min(of, of * agreement / before) : of;
        int Whole(double kept) => (int)Math.Floor(kept + Retention.Rounding);
    }

    private static string ReasonOf(RetainedAnswer lost) =>
        lost.Degenerate
        ?? $"says something else in {Math.Round((1 - lost.Agreement) * AnswerSamples.Count)} of {AnswerSamples.Count} tries{(lost.Broken > 0 ? $", broken in {lost.Broken}" : "")}";

    private string? PathOf(string? adapter) => adapter is null ? null : files.AdapterPath(adapter);

    private static void Write(string path, IReadOnlyList<(string Kind, string Question)> asked, string former, string draft) =>
        AtomicFile.Write(
            path,
            stream =>
            {
                foreach (var (kind, question) in asked)
                {
                    JsonSerializer.Serialize(stream, RetentionPrompt.Of(kind, former, draft, question), SnakeCaseJson.Options);
                    stream.WriteByte((byte)'\n');
                }
            },
            isPrivate: true
        );
}
