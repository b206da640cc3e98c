using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Calibration;

/// <summary>Draws pairs of answers from a finished run, with what its judge gave them.</summary>
public sealed class CalibrationDraw(IDbContextFactory<RepublicDb> databases, TrainingFiles files)
{
    /// <summary>Twenty answers.</summary>
    public const int Pairs = 10;

    /// <returns>The judge, and the pairs in the order of the draw.</returns>
    internal async Task<Outcome<(Guid Judge, IReadOnlyList<CalibrationPair> Pairs)>> FromAsync(
        Guid owner,
        Guid job,
        long seed,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.TrainingJobs.OwnedBy(owner).AnyAsync(j => j.Id == job, ct))
        {
            return Failure.NotFound("training job");
        }

        var steps = await db
            .TrainingSteps.AsNoTracking()
            .Where(s => s.TrainingJobId == job && s.Output != null)
            .ToDictionaryAsync(s => (StepName)s.Index, s => s.Output!, ct);
        var grades = Read<AfterMetrics>(steps, StepName.CaptureAfterMetrics)?.Graded;
        var graded = grades?.Graded.Where(pair => pair.IsGraded).ToArray() ?? [];
        if (graded.Length < Pairs)
        {
            return Failure.Conflict(
                $"{Pairs} graded pairs of answers are needed, and this run has {graded.Length}. Choose a finished run with a judge and 3 repeats, or with held-out rows."
            );
        }

        var random = new SeededRandom((ulong)seed);
        random.Shuffle<GradedPair>(graded);
        var drawn = OfManyPrompts(graded);
        var answers = await AnswersAsync(db, job, drawn, ct);
        var references = References(job, Read<RefinedData>(steps, StepName.RefineDatasets));
        return (grades!.Judge, [.. drawn.Select(pair => Pair(pair, answers, references.GetValueOrDefault(pair.Prompt), random))]);
    }

    /// <summary>A second repeat of a prompt only where there are too few prompts.</summary>
    private static GradedPair[] OfManyPrompts(GradedPair[] shuffled) =>
        [
            .. shuffled
                .GroupBy(pair => pair.Prompt)
                .SelectMany(prompt => prompt.Select((pair, repeat) => (pair, repeat)))
                .OrderBy(one => one.repeat)
                .Select(one => one.pair)
                .Take(Pairs),
        ];

    private static T? Read<T>(Dictionary<StepName, string> steps, StepName step)
        where T : class => steps.TryGetValue(step, out var json) ? JsonSerializer.Deserialize<T>(json, TrainingJson.Options) : null;

    private static async Task<Dictionary<string, string>> AnswersAsync(RepublicDb db, Guid job, GradedPair[] drawn, CancellationToken ct)
    {
        var keys = drawn.SelectMany(pair => new[] { pair.BeforeKey, pair.AfterKey }).ToList();
        var calls = await db
            .TrainingCalls.AsNoTracking()
            .Where(call => call.TrainingJobId == job && keys.Contains(call.Key) && call.Answer != null)
            .ToListAsync(ct);
        return calls
            .DistinctBy(call => call.Key)
            .ToDictionary(call => call.Key, call => JsonSerializer.Deserialize<ModelAnswer>(call.Answer!, TrainingJson.Options)!.Text);
    }

    /// <summary>What the judge saw beside the answers, by prompt.</summary>
    private Dictionary<string, string> References(Guid job, RefinedData? data)
    {
        var folder = files.FolderOf(job);
        return data?.Folder is { } rows && Directory.Exists(Path.Combine(folder, rows))
            ? HeldOutPrompt.Of(folder, rows).ToDictionary(prompt => prompt.Key, prompt => prompt.Reference)
            : [];
    }

    private static CalibrationPair Pair(GradedPair pair, Dictionary<string, string> answers, string? reference, SeededRandom random)
    {
        var before = new CalibrationAnswer(answers[pair.BeforeKey], pair.Before, null);
        var after = new CalibrationAnswer(answers[pair.AfterKey], pair.After, null);
        return random.Next(2) == 0 ? new(pair.Text, reference, before, after) : new(pair.Text, reference, after, before);
    }
}
