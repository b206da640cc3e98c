using System.Text.Json;
using Republic.Core.Lora;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;

namespace Republic.Tests.Unit.Pages.Training;

/// <summary>Runs as the pages get them.</summary>
internal static class Cards
{
    public static TrainingCard Run(
        TrainingStatus status,
        int done = 0,
        TrainingMethod method = TrainingMethod.Lora,
        string? error = null,
        TrainingReport? report = null,
        params (int Step, string Output)[] outputs
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            JobName = "A run",
            MinionId = Guid.CreateVersion7(),
            MinionName = "Owl",
            TrainingType = TrainingType.LoraOnly,
            Origin = RunOrigin.Datasets,
            Method = method,
            Provider = "local",
            Model = "sprout",
            Status = status,
            Progress = 0.5,
            ErrorMessage = error,
            CurrentStep = Math.Min(done, 8),
            Steps =
            [
                .. Enum.GetValues<StepName>()
                    .Select(name => new TrainingCard.Step(
                        (int)name,
                        name,
                        (int)name < done ? StepStatus.Completed : StepStatus.Pending,
                        1,
                        null,
                        null,
                        0,
                        JsonElement.Parse(outputs.FirstOrDefault(o => o.Step == (int)name).Output ?? "{}")
                    )),
            ],
            DatasetIds = [Guid.CreateVersion7()],
            CollectionIds = [],
            Config = new TrainingConfig { Lora = new LoraSettings { Rank = 16 } },
            Report = report,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };

    /// <summary>Graded by points, or by nats where <paramref name="unit"/> says so.</summary>
    public static TrainingReport Report(
        GateVerdict verdict,
        bool promoted = false,
        string unit = "points",
        double low = 1,
        double high = 3,
        params (double Before, double After, bool Flipped)[] questions
    ) =>
        new()
        {
            GradedBy = unit == "nats" ? "held_out_loss" : "judge",
            Verdict = verdict,
            Promoted = promoted,
            Version = 2,
            Conclusion = "Because.",
            Interval = verdict == GateVerdict.NotGraded ? null : new(low, high, unit),
            Questions = [.. questions.Select((q, i) => new TrainingReport.ReportedQuestion($"q{i}", [q.Before], [q.After], q.Flipped))],
        };
}
