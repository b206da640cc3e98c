using System.Globalization;
using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Traits;

namespace Republic.Web.Pages.Training;

/// <summary>A new run as it is typed: numbers as text, so that what cannot be read is still there to be corrected.</summary>
public sealed class TrainingForm
{
    /// <summary>Makes one run of a form that is sent twice.</summary>
    public Guid? Request { get; set; }

    public Guid? MinionId { get; set; }
    public TrainingType Type { get; set; }
    public string? JobName { get; set; }

    /// <summary>The name that was proposed; while it stands it follows the minion.</summary>
    public string? Proposed { get; set; }

    public string? Description { get; set; }
    public List<Guid> DatasetIds { get; set; } = [];
    public List<Guid> CollectionIds { get; set; } = [];

    /// <summary>Of a style adapter.</summary>
    public string? BaseModel { get; set; }

    /// <summary>A field that is sent empty is bound as null, and chooses nothing.</summary>
    public List<string> SelectedTraits
    {
        get;
        set => field = [.. value.OfType<string>()];
    } = [];

    public Dictionary<string, string?> TraitIntensities { get; set; } = [];
    public string? StyleSensitivity { get; set; } = Text(TraitSelection.UsualSensitivity);
    public string? EnhancementIntensity { get; set; } = "1";

    public string? Temperature { get; set; }
    public string? TopP { get; set; }
    public string? MaxTokens { get; set; }

    /// <summary>True where the run goes on from the weights in use.</summary>
    public bool Continues { get; set; }

    public string? Rank { get; set; }
    public string? Alpha { get; set; }
    public string? Dropout { get; set; }
    public string? LearningRate { get; set; }
    public string? Epochs { get; set; }
    public string? Replay { get; set; }
    public string? BatchSize { get; set; }
    public string? GradientAccumulation { get; set; }
    public string? MaxLength { get; set; }
    public string? EarlyStoppingPatience { get; set; }
    public string? Seed { get; set; }
    public string? TargetModules { get; set; }

    /// <summary>Null is nobody.</summary>
    public Guid? JudgeMinionId { get; set; }

    /// <summary>The judge that was proposed; while it stands it follows the minion.</summary>
    public Guid? ProposedJudge { get; set; }
    public string? Repeats { get; set; } = Text(new TrainingConfig().Repeats);
    public Promotion Promote { get; set; } = Promotion.Gate;

    /// <summary>Nobody has written a name of their own.</summary>
    public bool TakesProposal => string.IsNullOrWhiteSpace(JobName) ? Proposed is null : JobName == Proposed;

    public string IntensityOf(string trait) =>
        TraitIntensities.GetValueOrDefault(trait) is { Length: > 0 } typed ? typed : Text(TraitConfig.UsualIntensity);

    /// <summary>The minion, data and settings of a run once more, under a name of its own.</summary>
    public static TrainingForm Like(TrainingCard run)
    {
        var (config, lora, usual) = (run.Config, run.Config.Lora, new TrainingConfig());
        return new TrainingForm
        {
            MinionId = run.MinionId,
            Type = run.TrainingType,
            DatasetIds = [.. run.DatasetIds],
            CollectionIds = [.. run.CollectionIds],
            BaseModel = config.BaseModel,
            SelectedTraits = [.. config.Traits.Selected],
            TraitIntensities = config
                .Traits.ToSelection()
                .Intensities.ToDictionary(trait => trait.Key, trait => (string?)Text(trait.Value)),
            StyleSensitivity = Text(config.Traits.StyleSensitivity),
            EnhancementIntensity = Text(config.Traits.EnhancementIntensity),
            Temperature = Typed(config.Model.Temperature),
            TopP = Typed(config.Model.TopP),
            MaxTokens = Typed(config.Model.MaxTokens),
            Continues = config.Continues,
            Rank = lora.Rank == LoraSettings.UsualRank ? null : Typed(lora.Rank),
            Alpha = lora.Alpha == LoraSettings.AlphaPerRank * lora.Rank ? null : Typed(lora.Alpha),
            Dropout = Typed(lora.Dropout, usual.Lora.Dropout),
            Replay = lora.Replay is LoraSettings.SmallModelReplay or LoraSettings.UsualReplay ? null : Typed(lora.Replay),
            BatchSize = Typed(lora.BatchSize, usual.Lora.BatchSize),
            GradientAccumulation = Typed(lora.GradientAccumulation, usual.Lora.GradientAccumulation),
            MaxLength = Typed(lora.MaxLength, usual.Lora.MaxLength),
            EarlyStoppingPatience = Typed(lora.EarlyStoppingPatience, usual.Lora.EarlyStoppingPatience),
            Seed = Typed(lora.Seed, usual.Lora.Seed),
            TargetModules = lora.TargetModules.SequenceEqual(usual.Lora.TargetModules) ? null : string.Join(' ', lora.TargetModules),
            JudgeMinionId = config.ChosenJudge,
            Repeats = Text(config.Repeats),
            Promote = config.Promote,
        };
    }

    public TrainingInput ToInput(IReadOnlyList<FieldError> unreadable) =>
        new(JobName, MinionId, Type.Name(), Description, DatasetIds, Type == TrainingType.LoraOnly ? [] : CollectionIds)
        {
            Unreadable = unreadable,
        };

    public TrainingConfig ToConfig(List<FieldError> unreadable)
    {
        var usual = new TrainingConfig();
        return usual with
        {
            Traits = Traits(usual.Traits, unreadable),
            Lora = Lora(usual.Lora, unreadable),
            Model = new AnswerConfig
            {
                Temperature = RunNumber.Number("temperature", Temperature, unreadable),
                TopP = RunNumber.Number("topP", TopP, unreadable),
                MaxTokens = RunNumber.Whole("maxTokens", MaxTokens, unreadable),
            },
            BaseModel = Type == TrainingType.RagOnly || string.IsNullOrWhiteSpace(BaseModel) ? null : BaseModel,
            JudgeMinionId = JudgeMinionId,
            Repeats = RunNumber.Whole("repeats", Repeats, unreadable) ?? usual.Repeats,
            Promote = Promote,
            Continues = Continues,
        };
    }

    /// <summary>The API says where in the configuration a field stands; the form has them side by side.</summary>
    public static Failure Beside(Failure failure) =>
        failure with
        {
            Fields = [.. failure.Fields.Select(error => error with { Field = error.Field[(error.Field.LastIndexOf('.') + 1)..] })],
        };

    private TraitConfig Traits(TraitConfig usual, List<FieldError> unreadable) =>
        usual with
        {
            Selected = SelectedTraits,
            Intensities = SelectedTraits
                .Distinct(StringComparer.Ordinal)
                .ToDictionary(
                    trait => trait,
                    trait => RunNumber.Whole("traitIntensities", IntensityOf(trait), unreadable) ?? TraitConfig.UsualIntensity
                ),
            StyleSensitivity = RunNumber.Number("styleSensitivity", StyleSensitivity, unreadable) ?? usual.StyleSensitivity,
            EnhancementIntensity = RunNumber.Number("enhancementIntensity", EnhancementIntensity, unreadable) ?? usual.EnhancementIntensity,
        };

    private LoraSettings Lora(LoraSettings usual, List<FieldError> unreadable) =>
        usual with
        {
            Rank = RunNumber.Whole("rank", Rank, unreadable),
            Alpha = (float?)RunNumber.Number("alpha", Alpha, unreadable),
            Dropout = (float?)RunNumber.Number("dropout", Dropout, unreadable) ?? usual.Dropout,
            LearningRate = RunNumber.Number("learning_rate", LearningRate, unreadable),
            Epochs = RunNumber.Whole("epochs", Epochs, unreadable),
            Replay = RunNumber.Number("replay", Replay, unreadable),
            BatchSize = RunNumber.Whole("batch_size", BatchSize, unreadable) ?? usual.BatchSize,
            GradientAccumulation = RunNumber.Whole("gradient_accumulation", GradientAccumulation, unreadable) ?? usual.GradientAccumulation,
            MaxLength = RunNumber.Whole("max_length", MaxLength, unreadable) ?? usual.MaxLength,
            EarlyStoppingPatience =
                RunNumber.Whole("early_stopping_patience", EarlyStoppingPatience, unreadable) ?? usual.EarlyStoppingPatience,
            Seed = RunNumber.Whole("seed", Seed, unreadable) ?? usual.Seed,
            TargetModules = string.IsNullOrWhiteSpace(TargetModules) ? usual.TargetModules : Words(TargetModules),
        };

    private static string[] Words(string text) =>
        text.ToLowerInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Without an exponent, as a person would type it.</summary>
    private static string? Typed(double? number) => number?.ToString("0.##########", CultureInfo.InvariantCulture);

    private static string? Typed<T>(T value, T usual)
        where T : IFormattable => value.Equals(usual) ? null : Text(value);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
