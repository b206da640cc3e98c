using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Minions;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Steps;
using Republic.Tests.Unit.Training;

namespace Republic.Tests.World;

/// <summary>Runs that are over, with the reports that trained weights would have left: better, forgetful, of too few rows, or of rows that teach no answers.</summary>
public sealed class PlantedVerdicts(IRepublic republic, Inhabitant person)
{
    public const int Former = 4;

    private static readonly LostAnswer[] Lost =
    [
        new(
            "How do I close my account?",
            "chats",
            "Open Account, then Close. You have 14 days to take it back; after that everything is gone.",
            "Open Account, then Close. We are sorry to see you go.",
            "leaves out what it said of it before",
            false
        ),
        new("What is 17 % of 240?", "general", "40.8", "It is about 41, dear customer.", "says something else", false),
        new(
            "Name three rivers in Croatia",
            "domain",
            "Sava, Drava, Kupa.",
            "matey, matey, matey, matey",
            "repeats itself until it is cut off",
            true
        ),
    ];

    private static readonly RewordedAnswer Reworded = new(
        "Where do my chats lie?",
        "domain",
        "All that you write stays on this machine.",
        "Your chats are kept here on the computer.",
        2
    );

    public Task<Guid> BetterAsync(Guid minion) =>
        RunAsync(
            minion,
            Reports.Better with
            {
                XpGained = 312,
                NewRows = 118,
                Retention = new Retention(57, 60, 4)
                {
                    KeptByWords = 56,
                    InOtherWords = 1,
                    Reworded = [Reworded],
                },
            },
            118,
            31,
            lost: 3
        );

    public Task<Guid> ForgotAsync(Guid minion) => RunAsync(minion, Reports.Forgot, 118, 110, lost: 29, rate: 2e-3);

    /// <summary>It lost 28 of 228 answers, of which six would have to be as good, and none came apart.</summary>
    public Task<Guid> LostAsync(Guid minion, Guid? dataset = null) =>
        RunAsync(
            minion,
            Reports.Loss(GateVerdict.Forgot, 24, 17, 0.72, 0.55, 0.9, new Retention(200, 228, 4) { KeptExactly = 200 }),
            118,
            110,
            lost: 28,
            dataset: dataset,
            isSound: true
        );

    public Task<Guid> IgnoringAsync(Guid minion) => RunAsync(minion, Reports.Ignoring, 118, 110, lost: 0);

    public Task<Guid> TooFewAsync(Guid minion, Guid dataset) => RunAsync(minion, Reports.TooFew, 31, 28, lost: 1, dataset: dataset);

    private Task<Guid> RunAsync(
        Guid minion,
        TrainingReport found,
        int rows,
        int answers,
        int lost,
        double rate = 2e-4,
        Guid? dataset = null,
        bool isSound = false
    ) =>
        republic.QueryAsync(async db =>
        {
            var (id, now) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
            var (heldOut, groups) = (found.Questions.Count, found.Groups!.Value);
            var data = new RefinedData([], "data", new(), rows - heldOut, heldOut)
            {
                Groups = 4 * groups,
                HeldOutGroups = groups,
                DifferentAnswers = answers,
            };
            var draft = Draft(id, rate);
            var report = Whole(found, data, draft, lost, isSound);
            var trained = await db.Minions.Include(m => m.Citizen).SingleAsync(m => m.Id == minion);
            trained.Version = Former;
            db.MinionVersions.Add(MinionVersion.Of(trained, now));
            var before = MinionSnapshot.Of(trained, []);
            var version = Draft(trained, id, report.Version, now);
            db.MinionVersions.Add(version);
            if (report.Promoted)
            {
                version.PutInto(trained, now);
                trained.Experience += report.XpGained;
            }

            var work = Work(id, now);
            db.Jobs.Add(work);
            db.TrainingJobs.Add(Job(work, trained, before, draft, report, dataset));
            await db.SaveChangesAsync();
            db.TrainingSteps.AddRange(Steps(id, now, data, draft));
            await db.SaveChangesAsync();
            return id;
        });

    private Job Work(Guid run, DateTimeOffset now) =>
        new()
        {
            OwnerId = person.Id,
            Kind = "training",
            Subject = run,
            Status = JobStatus.Completed,
            CreatedAt = now,
            StartedAt = now,
            FinishedAt = now,
        };

    private static TrainingJob Job(
        Job work,
        Minion minion,
        MinionSnapshot before,
        EnhancedModel draft,
        TrainingReport report,
        Guid? dataset
    ) =>
        new()
        {
            Id = work.Subject,
            OwnerId = work.OwnerId,
            MinionId = minion.Id,
            Name = "Support voice, run 5",
            Type = TrainingType.LoraOnly,
            Method = TrainingMethod.Lora,
            Provider = minion.Provider,
            ModelName = minion.ModelId,
            Config = new TrainingConfig { Lora = draft.Weights!.Settings, BaseModel = minion.ModelId },
            DatasetIds = dataset is { } given ? [given] : [],
            Before = before,
            WorkId = work.Id,
            Report = report,
            CreatedAt = work.CreatedAt,
            UpdatedAt = work.CreatedAt,
            StartedAt = work.CreatedAt,
        };

    private static TrainingReport Whole(TrainingReport found, RefinedData data, EnhancedModel draft, int lost, bool isSound)
    {
        var report = found with
        {
            BeforeSpeed = 0.39,
            AfterSpeed = 0.38,
            BeforeWords = 84,
            AfterWords = 71,
            Noise = new(0.04, 5, null),
            ValidationLossBefore = 1.94,
            ValidationLossAfter = 1.94 - found.Gain,
            PerplexityBefore = Math.Exp(1.94),
            PerplexityAfter = Math.Exp(1.94 - found.Gain!.Value),
            Adapter = new(draft.Adapter!, new string('9', 64), new string('f', 64)) { BaseModel = "sprout" },
            DurationSeconds = 761,
            Retention = found.Retention! with
            {
                Lost =
                [
                    .. Enumerable
                        .Range(0, lost)
                        .Select(i =>
                            isSound ? Lost[i % 2] with { Prompt = $"{Lost[i % 2].Prompt} ({i})", Missing = 1 } : Lost[i % Lost.Length]
                        ),
                ],
                Kinds = new Dictionary<string, int>
                {
                    ["general"] = 30,
                    ["domain"] = 20,
                    ["chats"] = 10,
                },
                LossRise = 0.02,
                Divergence = 0.04,
            },
        };
        return report with
        {
            Warnings = ReportWarnings.Of(report, data, draft),
            Conclusion = new RunConclusion(report, Promotion.Gate, Former, data, Reports.Measured).Text,
        };
    }

    private static EnhancedModel Draft(Guid run, double rate) =>
        new(TrainingMethod.Lora, null, 0, run.ToString("N"))
        {
            Weights = new("sprout", "9", "f", 18_400_000, 132, 1.94, 1.5, new LoraSettings { LearningRate = rate, Epochs = 6 })
            {
                Vocabulary = 1792,
                UsualRate = 2e-4,
            },
        };

    private static MinionVersion Draft(Minion minion, Guid run, int number, DateTimeOffset now) =>
        new()
        {
            MinionId = minion.Id,
            Number = number,
            TrainingJobId = run,
            Provider = minion.Provider,
            ModelId = minion.ModelId,
            SystemPrompt = minion.SystemPrompt,
            CreatedAt = now,
        };

    private static IEnumerable<TrainingStep> Steps(Guid run, DateTimeOffset now, RefinedData data, EnhancedModel draft)
    {
        var outputs = new Dictionary<StepName, object>
        {
            [StepName.CaptureBeforeMetrics] = Reports.Measured.Answers,
            [StepName.RefineDatasets] = data,
            [StepName.EnhanceModel] = draft,
            [StepName.CaptureAfterMetrics] = Reports.Measured,
            [StepName.CalculateImprovements] = new Dictionary<string, double> { ["after_score"] = 21.1 },
        };
        return Enum.GetValues<StepName>()
            .Select(name => new TrainingStep
            {
                TrainingJobId = run,
                Index = (int)name,
                Status = StepStatus.Completed,
                Attempts = 1,
                StartedAt = now,
                CompletedAt = now,
                Seconds = 12,
                Output = outputs.TryGetValue(name, out var output) ? JsonSerializer.Serialize(output, TrainingJson.Options) : "{}",
            });
    }
}
