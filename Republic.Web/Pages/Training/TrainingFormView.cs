using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Splitting;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Traits;
using Republic.Web.Pages.Shared;
using Republic.Web.Pages.Training.Reports;

namespace Republic.Web.Pages.Training;

/// <summary>What the form's partials draw: what was typed, and what follows from the minion that is chosen.</summary>
/// <param name="Chosen">Null where the person has no minion.</param>
/// <param name="Refusal">Why the chosen one cannot be trained here.</param>
public sealed record TrainingFormView(
    TrainingForm Input,
    Minion? Chosen,
    IReadOnlyList<Minion> Minions,
    IReadOnlyList<DatasetCard> Datasets,
    IReadOnlyList<CollectionChoice> Collections,
    ProviderCatalog Catalog,
    TrainingConfigReader Reader,
    Failure? Refusal
)
{
    private Outcome<LoraSettings>? lora;

    public Minion Minion => Chosen ?? throw new InvalidOperationException("Nobody is chosen.");

    public string Name => Minion.Citizen.DisplayName;

    public bool IsLocal => Reader.IsLocal(Minion);

    /// <summary>What a run would do, once it has rows to read.</summary>
    public TrainingMethod Method => Reader.MethodFor(Minion, new RunParts(Input.Type, Datasets: 1, Input.CollectionIds.Count), Config);

    public bool TrainsWeights => Method.TrainsWeights();

    /// <summary>The base that a style adapter is trained on; null where none is.</summary>
    public string? Base => Method == TrainingMethod.Style ? Reader.BaseFor(Minion, Config) : null;

    /// <summary>The version whose weights a run could go on from; null where the one in use has none on the base.</summary>
    public int? VersionWithWeights =>
        Method switch
        {
            TrainingMethod.Lora when Minion.Adapter is not null => Minion.Version,
            TrainingMethod.Style when Minion.StyleAdapter is not null && Minion.StyleModel == Base => Minion.Version,
            _ => null,
        };

    /// <summary>The types, with what each would do for this minion.</summary>
    public IEnumerable<(TrainingType Type, string Label, string Meaning)> Types =>
        [
            (
                TrainingType.LoraOnly,
                "Manner",
                IsLocal ? "It learns from rows how to speak: weights are trained." : "Traits become part of what it is told."
            ),
            (TrainingType.RagOnly, "Knowledge", "It answers from your documents, and says where each thing stands. Nothing is trained."),
            (
                TrainingType.Hybrid,
                "Manner and knowledge",
                IsLocal
                    ? "Weights are trained, and it answers from your documents."
                    : $"A model here learns its voice from rows and drafts; {Minion.ModelId} answers with that voice, from your documents."
            ),
        ];

    public IEnumerable<Minion> Judges => Minions.Where(minion => minion.Citizen.IsActive && Reader.CanJudge(minion));

    /// <summary>Null where nobody is to judge.</summary>
    public JudgeOffer? Judge { get; init; }

    public int Repeats => Math.Clamp(Config.Repeats, 1, TrainingConfig.MostRepeats);

    public TraitEffect Effect => TraitEffect.Of(Minion, Config.Traits.ToSelection());

    /// <summary>Usable rows of the datasets that are chosen.</summary>
    public int Rows => ChosenDatasets.Sum(dataset => dataset.SampleCount);

    private IEnumerable<DatasetCard> ChosenDatasets => Datasets.Where(dataset => Input.DatasetIds.Contains(dataset.Id));

    public int HeldOut => ChosenDatasets.Sum(dataset => dataset.Stats?.HeldOut ?? 0);

    /// <summary>Null where one of the datasets was made before they were counted.</summary>
    private int? Groups => Sum(stats => stats.Groups);

    private int? HeldOutGroups => Sum(stats => stats.HeldOutGroups);

    /// <summary>The settings that a run would have, in a line.</summary>
    public string LoraSentence =>
        Lora.Value is { } settings
            ? $"{Shape(settings)}, learning rate {Rate(settings)}, {Figures.Count(settings.Epochs ?? 0, "epoch")} over about {Figures.Count(Rows - HeldOut, "row")}; {Figures.Count(HeldOut)} more are held out to measure with."
            : "The learning rate follows from the model, the epochs from the rows.";

    /// <summary>That the rows are too few to tell anything, before the run says so; null where they are enough, or nobody counted.</summary>
    public string? RowsWarning =>
        TrainsWeights && ChosenDatasets.Any() && HeldOutGroups is { } groups and < HeldOutShare.FewestGroups
            ? $"{Figures.Count(groups, "group")} of rows would be held out, and a verdict needs {HeldOutShare.FewestGroups}. "
                + (
                    HeldOutShare.Missing(Groups ?? 0) is > 0 and var missing
                        ? $"About {Figures.Count(missing, "more row")} that differ from these would be enough."
                        : "Hold a larger share of the dataset out."
                )
            : null;

    /// <summary>What the run would give the minion, in a few words.</summary>
    public string MethodSentence =>
        Types.Single(type => type.Type == Input.Type).Label
        + Method switch
        {
            TrainingMethod.Lora => $": weights of {Minion.ModelId} are trained",
            TrainingMethod.Style => $": a style adapter is trained on {Base}",
            TrainingMethod.Knowledge => ": nothing is trained",
            _ => ": the system prompt is written",
        };

    public string TraitsSentence =>
        Effect.Selection.Intensities is { Count: > 0 } chosen
            ? string.Join(", ", chosen.Select(trait => $"{TraitCatalog.Embedded.Find(trait.Key)?.DisplayName ?? trait.Key} {trait.Value}"))
            : "none";

    public string AnswersSentence =>
        new[] { ("temperature", Input.Temperature), ("top-p", Input.TopP), ("max tokens", Input.MaxTokens) }
            .Where(typed => !string.IsNullOrWhiteSpace(typed.Item2))
            .Select(typed => $"{typed.Item1} {typed.Item2}")
            .ToList()
            is { Count: > 0 } typed
            ? string.Join(", ", typed)
            : $"as {Name} is asked now";

    public string MeasureSentence =>
        (Judge is null ? $"{JudgeWords.Nobody}; " : $"{JudgeWords.Who(Judge)}, {Figures.Count(Repeats, "time")} each; ")
        + Input.Promote switch
        {
            Promotion.Always => "always promoted",
            Promotion.Never => "never promoted by itself",
            _ => "promoted if it is better",
        };

    /// <summary>Whether one of these fields was refused, so that its fold is to be open.</summary>
    public bool IsWrong(ModelStateDictionary state, params string[] fields) =>
        fields.Any(field => state.TryGetValue($"Input.{field}", out var entry) && entry.Errors.Count > 0);

    /// <summary>What stands against learning from the datasets that are chosen; null where nothing does, or none is chosen yet.</summary>
    public string? RowsProblem =>
        TrainsWeights && Input.DatasetIds.Count > 0 && Rows < LoraSettings.FewestRows ? Lora.Failure?.Message : null;

    /// <summary>With what was left out filled in.</summary>
    private Outcome<LoraSettings> Lora => lora ??= Reader.Resolve(Config, Minion, Rows - HeldOut, HeldOut);

    private TrainingConfig Config => Input.ToConfig([]);

    public string ProviderOf(Minion minion) => Catalog.Find(minion.Provider)?.DisplayName ?? minion.Provider;

    private int? Sum(Func<DatasetStats, int?> figure) =>
        ChosenDatasets.Aggregate((int?)0, (sum, dataset) => sum + (dataset.Stats is { } stats ? figure(stats) : null));

    private string Shape(LoraSettings settings) =>
        Input.Continues && VersionWithWeights is { } version
            ? $"Rank and alpha of version {version}"
            : $"Rank {settings.Rank}, alpha {Figures.Number(settings.Alpha ?? 0)}";

    private static string Rate(LoraSettings settings) => (settings.LearningRate ?? 0).ToString("0.######", CultureInfo.InvariantCulture);
}
