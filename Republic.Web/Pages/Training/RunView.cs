using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Runs;
using Republic.Web.Pages.Charts;
using Republic.Web.Pages.Shared;
using Republic.Web.Pages.Training.Charts;
using Republic.Web.Pages.Training.Reports;

namespace Republic.Web.Pages.Training;

/// <summary>Everything the page of one run shows.</summary>
/// <param name="Minion">As it is now.</param>
public sealed record RunView(TrainingCard Run, MinionCard Minion, Guid Me, LossCurve Curve, IReadOnlyList<LogLine> Log)
{
    private const int TailLines = 60;
    private const int FewestSteps = 20;
    private const int MostAhead = 4;

    /// <summary>The points of the curve with their numbers, for the browser's chart.</summary>
    public IReadOnlyList<JournalEntry> Losses { get; init; } = [];

    /// <summary>Why a run that stands still cannot go on; null where it can.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Of a finished run, what decided its verdict.</summary>
    public IReadOnlyList<AnswerPair> Answers { get; init; } = [];

    /// <summary>To how many minions those of the run's collections are linked that are still there.</summary>
    public IReadOnlyDictionary<Guid, int> Links { get; init; } = new Dictionary<Guid, int>();

    /// <summary>To how many minions a collection is linked; null where it is gone.</summary>
    public int? Standing(Guid collection) => Links.TryGetValue(collection, out var links) ? links : null;

    public string Address => $"/training/{Run.Id}";

    public bool TrainsWeights => Run.Method.TrainsWeights();

    public int Percent => (int)Math.Floor(Run.Progress * 100);

    public RunAdvice? Advice => RunAdvice.Of(Run, Minion.IsDeleted, Obstacle);

    public IEnumerable<StepView> Steps => Run.Steps.Select(step => StepView.Of(Run, step, Log));

    public IEnumerable<LogLine> Tail => Log.TakeLast(TailLines);

    public string Title =>
        Run.Status switch
        {
            TrainingStatus.Running => $"{Percent} % · {Run.JobName}",
            _ when Run.Report is not null => $"{Run.JobName}: report",
            _ => Run.JobName,
        };

    /// <summary>The time left.</summary>
    public string Left =>
        Run.Status == TrainingStatus.Queued ? "Waits for its turn"
        : Run.EtaSeconds is { } seconds ? $"{Upper(Figures.About(TimeSpan.FromSeconds(seconds)))} left"
        : Run.Status != TrainingStatus.Running ? ""
        : Run.Config.ChosenJudge is not null && Run.CurrentStep >= (int)StepName.EnhanceModel
            ? "How much longer is known once the judge has begun"
        : "How much longer is not known yet";

    public string Doing => $"Step {Run.CurrentStep + 1} of {StepWords.Count}: {StepWords.Title((StepName)Run.CurrentStep, Run.Method)}.";

    public RunState State => RunState.Of(Run);

    /// <summary>The version that this run made is the one that the minion answers with.</summary>
    public bool CanRollBack => Run.Report is { Promoted: true } report && !Minion.IsDeleted && Minion.Version == report.Version;

    /// <summary>A draft that was not found better, or not to go live by itself, and that the person can put to use all the same.</summary>
    public bool CanMakeLive =>
        Run.Report is { Promoted: false, Verdict: not GateVerdict.TooFew } report && !Minion.IsDeleted && Minion.Version != report.Version;

    /// <summary>A draft answers in a chat of its own, whatever was found of it.</summary>
    public bool CanTry => Run.Report is { Promoted: false } report && !Minion.IsDeleted && Minion.Version != report.Version;

    /// <summary>Where more rows are uploaded; null unless that is what is missing.</summary>
    public string? UploadRows => Run.Report is { Verdict: GateVerdict.TooFew } ? "/datasets" : null;

    /// <summary>Lost answers that a further run would keep; 0 where another version is live than the one that gave them.</summary>
    public int LostToKeep =>
        Minion.IsDeleted || Minion.Version != Run.FormerVersion || Run.Report is not { } report ? 0 : RunAgain.ToKeep(report).Count;

    /// <summary>Of the minion that graded.</summary>
    public string? JudgeName => Output(StepName.CaptureAfterMetrics).Part("graded").Text("name");

    /// <summary>How many steps of training were planned, where that is known.</summary>
    public int? OfSteps =>
        Run.Live?.Gauges?.Of
        ?? Output(StepName.EnhanceModel).Part("weights").Whole("steps_planned")
        ?? (Run.Report is null || Curve.IsEmpty ? null : Curve.LastStep);

    public LineChart Chart =>
        new(
            Curve.Finding(OfSteps),
            [new("", 0, Curve.Training) { IsFaint = true }, new("training", 0, Curve.Smoothed), new("validation", 1, Curve.Validation)],
            LastX
        )
        {
            Along = "step",
        };

    /// <summary>To the last step there will be; while that is far off only so far that what is there can be seen.</summary>
    private int LastX =>
        Math.Min(Run.Report is null ? OfSteps ?? Curve.LastStep : Curve.LastStep, Math.Max(FewestSteps, Curve.LastStep * MostAhead));

    public IReadOnlyList<RunSetting> Settings => RunSetting.Of(Run);

    /// <summary>Those that say the most.</summary>
    public IEnumerable<RunSetting> MainSettings =>
        Settings.Where(s => s.Label is "Method" or "Collections" or "Base model" or "Traits" or "Rank" or "Epochs" or "Promote");

    /// <summary>The datasets the run read, with their versions.</summary>
    public IReadOnlyList<StepOutput> Sources => new StepOutput(Run.Steps[(int)StepName.RefineDatasets].Output).Items("datasets");

    /// <summary>That the run learned from or measured with.</summary>
    public int Rows => RowsOf("training") + RowsOf("validation");

    private int RowsOf(string side) => Output(StepName.RefineDatasets).Whole(side) ?? 0;

    internal StepOutput Output(StepName step) => new(Run.Steps[(int)step].Output);

    private static string Upper(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
