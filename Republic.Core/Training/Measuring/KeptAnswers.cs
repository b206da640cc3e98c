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
    /// <summary>Sums of thirds are not exact.</summary>
    private const double Rounding = 1e-9;

    /// <summary>
    /// The lowest that is drawn at: at 0 every draw would be the same, and chance could not be told from forgetting. The limits of the gate were
    /// measured at this one (<c>bench/verdict</c>).
    /// </summary>
    private const double LeastTemperature = 0.7;

    /// <inheritdoc cref="RetentionMeasure.Work"/>
    public int Work(StepRun run) =>
        RetentionMeasure.Work(questions.Expected(run), HeldOutLosses.AdapterOf(run, run.Before.Speaker()) is not null);

    public async Task<Outcome<Retention>> MeasureAsync(StepRun run, Speaker draft, CancellationToken ct)
    {
        // What a start that was killed has left.
        files.DeleteAsked(run.Job.Id, DateTimeOffset.MaxValue);
        var asked = await questions.OfAsync(run, ct);
        try
        {
            return await MeasureAsync(run, draft, asked, ct);
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
        return Of(found, await meaning.SameAsync(run, Rewordings.Of(found), ct));
    }

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
        return new Retention(
            Kept(findings.Answers.Sum(answer => answer.Agreement)),
            of,
            of - findings.Repeats.Select(Kept).DefaultIfEmpty(of).Min()
        )
        {
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
                    )),
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
        int Kept(double agreement) => before > 0 ? (int)Math.Min(of, Math.Floor((of * agreement / before) + Rounding)) : of;
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
