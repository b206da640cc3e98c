using Republic.Core.Lora.Progress;
using Republic.Core.Lora.Rows;

namespace Republic.Core.Lora.Loop;

/// <summary>
/// Steps a model through its data: gradients of the step's batches weighted by their tokens, clipping, AdamW, validation,
/// early stopping. It can stop between any two steps and go on from a checkpoint as if it had not.
/// </summary>
internal sealed partial class TrainingLoop
{
    private const int ShortestLength = 32;
    private readonly ITrainable model;
    private readonly IProgress<TrainingProgress> progress;
    private readonly IReadOnlyList<TrainingExample> training;
    private readonly IReadOnlyList<TrainingExample> validation;
    private readonly IReadOnlyList<TrainingExample> watched;
    private readonly BeginToken? begin;
    private readonly bool replays;
    private readonly TrainingPlan plan;
    private readonly LearningRate rate;
    private readonly AdamW optimiser;
    private readonly TrainingPace pace;
    private readonly List<RecordedLoss> losses = [];
    private float[][]? best;

    public TrainingLoop(ITrainable model, RunRows rows, IProgress<TrainingProgress> progress, TimeProvider time)
    {
        (this.model, Settings, this.progress) = (model, rows.Settings, progress);
        (training, validation, watched) = ([.. rows.Training, .. rows.Replay.Rows], rows.Validation, rows.Replay.Watched);
        begin = rows.Begin;
        replays = rows.Replay.Rows.Count > 0;
        plan = new TrainingPlan([.. training.Select(example => example.Tokens.Length)], Settings, rows.Training.Count);
        rate = new LearningRate(Settings.LearningRate!.Value, (int)(plan.Steps * Settings.WarmUpShare), plan.Steps);
        optimiser = new AdamW([.. model.Parameters.Select(parameter => parameter.Values.Length)], Settings.WeightDecay);
        pace = new TrainingPace(time);
        State = new TrainingState { RowsAtOnce = Settings.BatchSize, MaxLength = Settings.MaxLength };
    }

    public TrainingState State { get; private set; }

    public LoraSettings Settings { get; }

    /// <summary>The pause between two calls of <see cref="Advance"/>, which the time that is left includes.</summary>
    public TimeSpan Rest { get; init; }

    /// <summary>The parameters that the run begins with, where an earlier run made them; null where they change nothing yet.</summary>
    public IReadOnlyList<float[]>? Start { get; init; }

    public int Steps => plan.Steps;

    /// <summary>Of the steps up to now, also those of the runs that this one goes on from.</summary>
    public IReadOnlyList<RecordedLoss> Losses => losses;

    public bool IsDone => !ValidationIsDue && (State.Step >= Steps || StoppedEarly);

    public bool StoppedEarly => Settings.EarlyStoppingPatience > 0 && State.Setbacks >= Settings.EarlyStoppingPatience;

    private bool ValidationIsDue => validation.Count > 0 && State.ValidatedStep < State.Step && plan.ValidatesAfter(State.Step);

    public Checkpoint Snapshot(RunIdentity identity) =>
        new(
            identity,
            State,
            [.. model.Parameters.Select(p => p.Values)],
            optimiser.FirstMoments,
            optimiser.SecondMoments,
            best,
            [.. losses]
        );

    /// <exception cref="LoraException">The checkpoint is of other parameters.</exception>
    public void Restore(Checkpoint checkpoint)
    {
        Copy(checkpoint.Values, [.. model.Parameters.Select(parameter => parameter.Values)]);
        Copy(checkpoint.FirstMoments, optimiser.FirstMoments);
        Copy(checkpoint.SecondMoments, optimiser.SecondMoments);
        best = checkpoint.Best is null ? null : [.. checkpoint.Best];
        losses.Clear();
        losses.AddRange(checkpoint.Losses);
        (State, optimiser.Steps) = (checkpoint.State, checkpoint.State.Step - checkpoint.State.MomentsSince);
        model.Upload();
    }

    /// <summary>Asks for less memory than the settings would, or than the checkpoint did.</summary>
    public void Limit(int? rows, int? length) =>
        State = State with
        {
            RowsAtOnce = Math.Max(1, Math.Min(State.RowsAtOnce, rows ?? State.RowsAtOnce)),
            MaxLength = Math.Min(State.MaxLength, Math.Max(ShortestLength, length ?? State.MaxLength)),
        };

    /// <summary>Measures what the run begins with, so that there is something to compare with, and keeps it to go back to.</summary>
    public void MeasureBefore(CancellationToken ct)
    {
        if (State.Step == 0 && validation.Count == 0)
        {
            best ??= Values();
        }
        else if (State.Step == 0 && State.LossBefore is null)
        {
            var (loss, watchedLoss) = Retrying(() => (ValidationLoss(ct), WatchedLoss(ct)));
            State = State with
            {
                LossBefore = loss,
                BestLoss = loss,
                BestWatchedLoss = watchedLoss,
                LowestLoss = loss,
                LowestScore = loss + watchedLoss,
                BestStep = 0,
                MeasuredLength = State.MaxLength,
            };
            best = Values();
            Tell(new ValidationDone(0, loss, Best: true));
        }
    }

    /// <summary>One step of the optimiser, or the validation that is due after the last one. Cancelled, it changes nothing.</summary>
    /// <exception cref="LoraException">The loss ran away again and again, or there is no memory for even one short row.</exception>
    public void Advance(CancellationToken ct)
    {
        if (ValidationIsDue)
        {
            Validate(ct);
        }
        else
        {
            Step(ct);
        }
    }

    /// <summary>Puts the best parameters (see <see cref="IsBest"/>) into the model; without validation the last.</summary>
    public void TakeBest()
    {
        if (best is not null && validation.Count > 0 && State.BestStep != State.Step)
        {
            Take(best);
        }
    }

    private void Step(CancellationToken ct)
    {
        var (step, planned) = (State.Step + 1, plan.At(State.Step + 1));
        pace.Start();
        var (loss, tokens) = Retrying(() => Gradients(planned, step, ct));
        var norm = GradientNorm.Of(model.Parameters.Select(parameter => parameter.Gradient));
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            GoBack(step, $"the {(double.IsFinite(loss) ? "gradient" : "loss")} is no longer a number");
            return;
        }

        GradientNorm.Clip(model.Parameters.Select(parameter => parameter.Gradient), norm, Settings.ClipNorm);
        Update((float)RateAt(step));
        pace.Stop(tokens);
        State = State with { Step = step, Tokens = State.Tokens + tokens };
        Report(planned.Epoch, loss, norm);
        Watch(loss);
    }

    private (double Loss, int Tokens) Gradients(PlannedStep planned, int step, CancellationToken ct)
    {
        foreach (var parameter in model.Parameters)
        {
            Array.Clear(parameter.Gradient);
        }

        var learned = planned.Batches.Select(rows => rows.Select(row => RowIn(planned.Epoch, row)).ToList()).ToList();
        var batches = learned.SelectMany(Batches).ToList();
        var targets = batches.Sum(batch => batch.Targets);
        var sum = 0.0;
        for (var i = 0; i < batches.Count; i++)
        {
            // Each token weighs the same, however the step was cut into batches.
            var dropout = (long)SeededRandom.For(Settings.Seed, ((long)step << 24) + i).NextUInt64();
            sum += model.AddGradients(batches[i], 1f / targets, dropout, ct);
        }

        return (targets == 0 ? 0 : sum / targets, learned.Sum(rows => rows.Sum(row => Cut(row).Tokens.Length)));
    }

    private TrainingExample RowIn(int epoch, int row) => begin?.BeforeSome(training[row], row, epoch) ?? training[row];

    private void Update(float learningRate)
    {
        optimiser.Advance();
        for (var i = 0; i < model.Parameters.Count; i++)
        {
            optimiser.Update(i, model.Parameters[i].Values, model.Parameters[i].Gradient, learningRate);
        }

        model.Upload();
    }

    /// <summary>As few batches as memory allows; rows whose answer lies behind the cut say nothing and are left out.</summary>
    private IEnumerable<TrainingBatch> Batches(IEnumerable<TrainingExample> examples) =>
        examples.Select(Cut).Where(example => example.LearnedCount > 0).Chunk(State.RowsAtOnce).Select(rows => TrainingBatch.Of(rows));

    private TrainingExample Cut(TrainingExample example) => example.CutTo(State.MaxLength);

    private T Retrying<T>(Func<T> compute)
    {
        while (true)
        {
            try
            {
                return compute();
            }
            catch (Exception e) when (e is OutOfMemoryException or DeviceMemoryException)
            {
                Shrink(e);
            }
        }
    }

    /// <summary>Fewer rows at a time change nothing but the speed, so they go first; shorter rows lose their ends.</summary>
    private void Shrink(Exception reason)
    {
        if (State.RowsAtOnce > 1)
        {
            State = State with { RowsAtOnce = (State.RowsAtOnce + 1) / 2 };
            progress.Report(new TrainingNote($"Memory ran out. From now on {State.RowsAtOnce} rows are computed at a time."));
        }
        else if (State.MaxLength > ShortestLength)
        {
            State = State with { MaxLength = Math.Max(State.MaxLength / 2, ShortestLength) };
            progress.Report(new TrainingNote($"Memory ran out. From now on rows are cut to {State.MaxLength} tokens."));
        }
        else
        {
            throw new LoraException(
                $"There is not enough memory for a single row of {ShortestLength} tokens. End other programs, or take a smaller base model.",
                reason
            );
        }
    }

    private void Report(int epoch, double loss, double norm) =>
        Tell(
            new StepCompleted(
                State.Step,
                Steps,
                epoch,
                loss,
                RateAt(State.Step),
                norm,
                State.Tokens,
                pace.TokensPerSecond,
                pace.Of(Steps - State.Step) + (Rest * (Steps - State.Step)),
                Environment.WorkingSet
            )
        );

    private void Tell(StepCompleted done)
    {
        losses.Add(new RecordedLoss(done.Step, done.Loss, done.Tokens, done.LearningRate));
        progress.Report(done);
    }

    private void Tell(ValidationDone measured)
    {
        losses.Add(new RecordedLoss(measured.Step, measured.Loss, null, null));
        progress.Report(measured);
    }

    private float[][] Values() => [.. model.Parameters.Select(parameter => parameter.Values.ToArray())];

    private void Take(float[][] values)
    {
        Copy(values, [.. model.Parameters.Select(parameter => parameter.Values)]);
        model.Upload();
    }

    private static void Copy(IReadOnlyList<float[]> from, IReadOnlyList<float[]> to)
    {
        if (from.Count != to.Count || from.Zip(to).Any(pair => pair.First.Length != pair.Second.Length))
        {
            throw new LoraException(
                "The checkpoint is of another model: its parameters have other lengths. Make a new run (at the command line: leave --resume out)."
            );
        }

        for (var i = 0; i < from.Count; i++)
        {
            from[i].CopyTo(to[i], 0);
        }
    }
}
