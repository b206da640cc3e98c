using Republic.Core.Datasets.Splitting;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Loop;

namespace Republic.Core.Lora;

/// <summary>How to train an adapter. What is left null is chosen for the base model and the data by <see cref="Resolve"/>.</summary>
public sealed record LoraSettings
{
    public const int FewestRows = RowSplit.FewestLearned;

    /// <summary>
    /// Rows that are recommended wherever people read of it: of 48 that differ twelve are held out, as many as a verdict needs, and some rows
    /// are mostly like others.
    /// </summary>
    public const int RecommendedRows = 60;

    /// <summary>What is chosen for small bases, and for few rows on any.</summary>
    public const int UsualRank = 16;

    /// <summary>From so many rows on there is more to learn than the usual rank takes in.</summary>
    public const int ManyRows = 2_000;
    public const int VeryManyRows = 20_000;
    public const int AlphaPerRank = 2;
    private const long SmallModel = 50_000_000;
    private const double SmallModelRate = 1e-3;
    private const double UsualRate = 2e-4;
    private const int MostChosenEpochs = 20;
    private const int ChosenSteps = 250;

    /// <summary>With replay, of which each row of the run is a part only.</summary>
    private const int ChosenStepsWithReplay = 400;
    private const int SmallModelStepsWithReplay = 550;
    public const double SmallModelReplay = 8;
    public const double UsualReplay = 1;
    private const int MostRepeatsPerEpoch = 4;
    private const int SmallModelDraws = 2;

    /// <summary>Length of the bottleneck; a multiple of 16 computes fastest.</summary>
    public int? Rank { get; init; }

    /// <summary>The adapter's change is multiplied by alpha / rank.</summary>
    public float? Alpha { get; init; }

    /// <summary>The share of a projection's inputs that the adapter does not see while it is trained.</summary>
    public float Dropout { get; init; }

    /// <summary>Which projections get an adapter.</summary>
    public IReadOnlyList<string> TargetModules { get; init; } = LoraShape.Modules;

    /// <summary>At its highest, after the warm-up.</summary>
    public double? LearningRate { get; init; }

    /// <summary>How often each row is read.</summary>
    public int? Epochs { get; init; }

    /// <summary>
    /// Answers of the version before that are learned beside each row, so that they are kept; 0 learns the rows alone. A small base
    /// forgets sooner, and eight are chosen for it, else one.
    /// </summary>
    public double? Replay { get; init; }

    /// <summary>Rows that are computed together.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Batches whose gradients are added up to one step of the optimiser.</summary>
    public int GradientAccumulation { get; init; } = 1;

    /// <summary>Tokens of a row; what is longer is cut.</summary>
    public int MaxLength { get; init; } = 512;

    public long Seed { get; init; } = 1;

    /// <summary>
    /// How many measurements in a row (of the held-out loss and that of watched answers together) may bring no progress before the run
    /// ends; 0 never ends it. A run that ends soon ends at a high rate, and weights forget less once that has come down.
    /// </summary>
    public int EarlyStoppingPatience { get; init; } = 5;

    public float WeightDecay { get; init; } = 0.01f;

    /// <summary>The share of the steps in which the learning rate rises.</summary>
    public double WarmUpShare { get; init; } = 0.05;

    /// <summary>The longest gradient that is followed as it is; 0 follows any.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>
    /// The share of the groups of rows that is held out to measure with, unless those come from a file of their own. Null takes a tenth,
    /// and up to a quarter where that is too few to tell better from chance.
    /// </summary>
    public double? ValidationShare { get; init; }

    /// <param name="parameters">Of the base model.</param>
    /// <param name="rows">Usable ones that are learned from.</param>
    /// <param name="heldOut">Usable ones that are measured with.</param>
    public Outcome<LoraSettings> Resolve(long parameters, int rows, int heldOut)
    {
        if (Validate() is { } failure)
        {
            return failure;
        }

        var all = rows + heldOut;
        if (all < FewestRows)
        {
            return Failure.Invalid(
                "data",
                $"The data has {all} usable rows, and training needs at least {FewestRows}. Add more examples: {RecommendedRows} are recommended."
            );
        }

        var replay = Replay ?? (parameters < SmallModel ? SmallModelReplay : UsualReplay);
        var steps =
            replay == 0 ? ChosenSteps
            : parameters < SmallModel ? SmallModelStepsWithReplay
            : ChosenStepsWithReplay;
        var perEpoch = (this with { Replay = replay }).StepsPerEpoch(rows);
        var rank = Rank ?? ChosenRank(parameters, rows);
        return WithRate(parameters) with
        {
            Rank = rank,
            Alpha = Alpha ?? AlphaPerRank * rank,
            Replay = replay,
            Epochs = Epochs ?? Math.Clamp((int)Math.Round((double)steps / perEpoch), 1, MostChosenEpochs),
        };
    }

    /// <summary>The layers of a small base are narrow: a larger rank would give it more to train than it has.</summary>
    private static int ChosenRank(long parameters, int rows) =>
        parameters < SmallModel || rows < ManyRows ? UsualRank
        : rows < VeryManyRows ? 2 * UsualRank
        : 4 * UsualRank;

    /// <summary>The rank, alpha and modules of an adapter, which a run that goes on from it has to have.</summary>
    /// <exception cref="LoraException">There is no such file, or it does not say what it changes.</exception>
    /// <exception cref="GgufException">It is no adapter.</exception>
    public LoraSettings ShapedLike(string adapterPath)
    {
        if (!File.Exists(adapterPath))
        {
            throw new LoraException($"There is no file {adapterPath}.");
        }

        var facts = AdapterFile.Read(adapterPath);
        return facts.Modules.Count > 0
            ? this with
            {
                Rank = facts.Rank,
                Alpha = facts.Alpha,
                TargetModules = facts.Modules,
            }
            : throw new LoraException(
                $"{Path.GetFileName(adapterPath)} does not say which modules it changes. A run can go on only from adapters that were trained here."
            );
    }

    /// <summary>What of this the adapter itself is made by; what is not chosen yet, as usual.</summary>
    internal LoraShape ToShape() => new(Rank ?? UsualRank, Alpha ?? AlphaPerRank * (Rank ?? UsualRank), Dropout, TargetModules);

    /// <summary>The rate that suits a base of this size, where none was given.</summary>
    internal LoraSettings WithRate(long parameters) =>
        this with
        {
            LearningRate = LearningRate ?? (parameters < SmallModel ? SmallModelRate : UsualRate),
        };

    /// <param name="rows">That are learned from.</param>
    internal int ReplayedPerEpoch(int rows) => (int)Math.Round(rows * (Replay ?? 0));

    /// <param name="rows">That are learned from.</param>
    /// <param name="answers">That can be replayed: learned too often, they would be learned by heart.</param>
    internal int ReplayedPerEpoch(int rows, int answers) => Math.Min(ReplayedPerEpoch(rows), MostRepeatsPerEpoch * answers);

    /// <summary>Answers that are drawn to each prompt; writing them takes a large base long.</summary>
    internal static int ReplayDraws(long parameters) => parameters < SmallModel ? SmallModelDraws : 1;

    /// <param name="rows">That are learned from.</param>
    internal int StepsPerEpoch(int rows) => StepsFor(rows + ReplayedPerEpoch(rows));

    /// <param name="examples">Own and replayed.</param>
    internal int StepsFor(int examples)
    {
        var batches = (examples + BatchSize - 1) / BatchSize;
        return (batches + GradientAccumulation - 1) / GradientAccumulation;
    }

    /// <summary>Null when every value given is possible; else which are not, and what is.</summary>
    public Failure? Validate()
    {
        var errors = new List<FieldError>();
        void Require(bool fact, string field, object? given, string possible)
        {
            if (!fact)
            {
                errors.Add(new FieldError(field, $"{field} is {given}; {possible}."));
            }
        }

        Require(
            Rank is null or (>= 1 and <= LoraShape.HighestRank),
            "rank",
            Rank,
            $"1 to {LoraShape.HighestRank} is possible, 16 is usual"
        );
        Require(Alpha is null or (> 0 and <= 10_000), "alpha", Alpha, "more than 0 is possible, twice the rank is usual");
        Require(Dropout is >= 0 and < 1, "dropout", Dropout, "from 0 to below 1 is possible");
        Require(
            TargetModules.Count > 0
                && TargetModules.All(LoraShape.Modules.Contains)
                && TargetModules.Distinct().Count() == TargetModules.Count,
            "target_modules",
            $"\"{string.Join(' ', TargetModules)}\"",
            $"choose each once from {string.Join(' ', LoraShape.Modules)}"
        );
        Require(
            LearningRate is null or (> 0 and <= 1),
            "learning_rate",
            LearningRate,
            "more than 0 up to 1 is possible, 0.0002 to 0.001 is usual"
        );
        Require(Epochs is null or (>= 1 and <= 1000), "epochs", Epochs, "1 to 1000 is possible");
        Require(Replay is null or (>= 0 and <= 20), "replay", Replay, "0 turns it off, up to 20 is possible, 1 to 8 is usual");
        Require(BatchSize is >= 1 and <= 1024, "batch_size", BatchSize, "1 to 1024 is possible");
        Require(GradientAccumulation is >= 1 and <= 1024, "gradient_accumulation", GradientAccumulation, "1 to 1024 is possible");
        Require(MaxLength is >= 16 and <= 1 << 17, "max_length", MaxLength, "16 to 131072 tokens is possible");
        Require(EarlyStoppingPatience >= 0, "early_stopping_patience", EarlyStoppingPatience, "0 turns it off, 5 is usual");
        Require(WeightDecay is >= 0 and <= 1, "weight_decay", WeightDecay, "0 to 1 is possible");
        Require(WarmUpShare is >= 0 and <= 0.9, "warm_up_share", WarmUpShare, "0 to 0.9 of the steps is possible");
        Require(ClipNorm is >= 0 and <= 1e6, "clip_norm", ClipNorm, "0 turns it off, 1 is usual");
        Require(ValidationShare is null or (>= 0 and <= 0.5), "validation_share", ValidationShare, "0 to 0.5 of the rows is possible");
        return errors.Count == 0 ? null : Failure.Invalid(errors);
    }
}
