namespace Republic.Core.Lora.Loop;

/// <summary>
/// All that a run knows between two steps, apart from its parameters and their moments. Randomness is not part of it:
/// every draw follows from the seed and the number of the step.
/// </summary>
internal sealed record TrainingState
{
    /// <summary>Steps done.</summary>
    public int Step { get; init; }

    public long Tokens { get; init; }

    /// <summary>Rows that are computed at a time; fewer than a batch once memory ran out.</summary>
    public int RowsAtOnce { get; init; }

    /// <summary>Where rows are cut; sooner than the settings say once memory ran out.</summary>
    public int MaxLength { get; init; }

    /// <summary>Of the held-out rows, before the first step.</summary>
    public double? LossBefore { get; init; }

    /// <summary>Where the held-out rows were cut when what is known of their loss was measured.</summary>
    public int MeasuredLength { get; init; }

    /// <summary>The last step after which the held-out rows were measured.</summary>
    public int ValidatedStep { get; init; }

    public double? BestLoss { get; init; }

    /// <summary>The watched answers' loss with the best parameters.</summary>
    public double BestWatchedLoss { get; init; }

    /// <summary>The lowest held-out loss so far; that of the best parameters may be a little higher.</summary>
    public double? LowestLoss { get; init; }

    /// <summary>The lowest sum of held-out loss and that of the watched answers: what is learned is not to cost more than it is worth.</summary>
    public double? LowestScore { get; init; }

    public int BestStep { get; init; }

    /// <summary>At which the change with the best parameters is taken; 1 until the run has ended.</summary>
    public double Strength { get; init; } = 1;

    /// <summary>Validations since <see cref="LowestScore"/> was reached.</summary>
    public int Setbacks { get; init; }

    /// <summary>How often the learning rate was halved because the loss ran away.</summary>
    public int Halvings { get; init; }

    /// <summary>The step that the run went back to last; the optimiser's moments and the mean loss began anew there.</summary>
    public int MomentsSince { get; init; }

    /// <summary>Of the last steps, the older the less.</summary>
    public double MeanLoss { get; init; }

    public double? LowestMean { get; init; }

    /// <summary>Of the first step, when nothing had been learned.</summary>
    public double? FirstLoss { get; init; }

    /// <summary>The mean loss at the step to go back to; null at the start.</summary>
    public double? GoodMean { get; init; }

    /// <summary>Where no rows are held out: the step to go back to.</summary>
    public int GoodStep { get; init; }

    /// <summary>What is kept of step 0 is a change of nothing, from which nothing can be learned.</summary>
    public bool StartIsGone { get; init; }
}
