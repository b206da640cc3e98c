using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Checks;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;
using Republic.Core.Lora.Retention;
using Republic.Core.Lora.Rows;

namespace Republic.Core.Lora;

/// <summary>
/// Trains an adapter from a file of conversations: reads it as the model will be asked, holds the trainer against llama.cpp,
/// runs the loop with checkpoints, and holds the finished adapter against llama.cpp again before it gets its name.
/// </summary>
public static class LoraTrainer
{
    /// <inheritdoc cref="Run(LoraRun, IProgress{TrainingProgress}, TimeProvider, RunThreads, CancellationToken)"/>
    public static LoraResult Run(LoraRun run, IProgress<TrainingProgress> progress, TimeProvider time, CancellationToken ct) =>
        Run(run, progress, time, new RunThreads(), ct);

    /// <param name="threads">Changes how many threads compute meanwhile. The same bits are promised for the same number only.</param>
    /// <exception cref="LoraException">It cannot be trained as asked; the message says why, and what to do.</exception>
    /// <exception cref="GgufException">The model file may not be used.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; a checkpoint was written.</exception>
    public static LoraResult Run(
        LoraRun run,
        IProgress<TrainingProgress> progress,
        TimeProvider time,
        RunThreads threads,
        CancellationToken ct
    )
    {
        using var files = RunFiles.Hold(run);
        GgufCheck.Check(run.ModelPath);
        _ = DecoderArchitecture.From(GgufReader.Read(run.ModelPath));
        var sha256 = GgufHash.Of(run.ModelPath);
        try
        {
            var rows = RunRows.Read(run, progress);
            var initial = run.InitialAdapterPath is { } path
                ? InitialAdapter.Open(path, run.ModelPath, sha256, rows.Settings.ToShape())
                : null;
            rows = rows.With(Replay.Of(run, rows.Training.Count, rows.Sampled, rows.Settings, threads, progress, ct));
            TellReplay(rows, progress);
            var (settings, sample) = (rows.Settings, rows.Sample);
            var shape = settings.ToShape();
            var held = new LoraModelSettings(settings.Seed, run.Threads);
            using var model = LoraModel.Open(run.ModelPath, shape, held, ct);
            using var replicas = ReplicatedModel.Of(model, shape, held, settings.BatchSize, ct);
            using var following = threads.Follow(count => replicas.Threads = count);
            var start = initial?.Fill(model.Parameters);
            if (start is not null)
            {
                replicas.Upload();
            }

            CheckParity(model, sample, initial?.Path, isDone: false, progress, ct);
            var loop = new TrainingLoop(replicas, rows, progress, time) { Rest = run.Rest, Start = start };
            var saver = new CheckpointSaver(run, new RunIdentity(sha256, rows.Sha256, settings, initial?.Sha256), time);
            TrainWithin(() => Train(loop, saver, run, model.Architecture.Vocabulary, progress, ct));
            loop.TakeBest();
            loop.Weaken(ct);
            // The check that follows needs memory of its own.
            replicas.Free();
            Finish(run, model, loop, Facts(run, model, loop, sha256), sample, progress, ct);
            return Result(run, loop, sha256);
        }
        catch (Exception e) when (e is OutOfMemoryException or DeviceMemoryException)
        {
            throw new LoraException(
                $"There is not enough memory to train this model, whatever the size of a batch. {e.Message} End other programs, or take a smaller model.",
                e
            );
        }
    }

    private static void TellReplay(RunRows rows, IProgress<TrainingProgress> progress)
    {
        if (rows.Replay.Rows.Count > 0)
        {
            var replayed = rows.Settings.ReplayedPerEpoch(rows.Training.Count, rows.Replay.Rows.Count);
            progress.Report(
                new TrainingNote(
                    $"{replayed} answers that the model gave before are learned beside the "
                        + $"{rows.Training.Count} rows in each epoch, so that it keeps what it could do; {rows.Replay.Watched.Count} others are watched."
                )
            );
        }
        else if (rows.Settings.Replay > 0)
        {
            progress.Report(
                new TrainingNote(
                    $"No answer of the model fits into {rows.Settings.MaxLength} tokens with its question, so none is replayed and more may be forgotten. Allow longer rows."
                )
            );
        }
    }

    /// <summary>The loop asks for less by itself where it can; this is what it cannot know of.</summary>
    private static void TrainWithin(Action train)
    {
        try
        {
            train();
        }
        catch (Exception e) when (e is OutOfMemoryException or DeviceMemoryException)
        {
            throw new LoraException(
                $"Memory ran out while training. {e.Message} End other programs, or take a smaller batch size, rank or model.",
                e
            )
            {
                FewerRowsMayHelp = true,
            };
        }
    }

    /// <summary>
    /// A chat computes with llama.cpp's usual context, whose keys and values have 16 bits. With coarse types that moves the loss of
    /// a small sample by more than the tolerance; such a model passes when the losses at full precision agree to 1e-5.
    /// </summary>
    private static void CheckParity(
        LoraModel model,
        ParitySample sample,
        string? adapter,
        bool isDone,
        IProgress<TrainingProgress> progress,
        CancellationToken ct
    )
    {
        var advice = isDone ? ParityCheck.NotToBeUsed : ParityCheck.TakeAnother;
        var result = sample.Check(batch =>
        {
            var usual = ParityCheck.Measure(model, batch, adapter, exact: false, ct);
            return usual.Difference <= ParityCheck.Tolerance ? usual : ParityCheck.Require(model, batch, adapter, exact: true, advice, ct);
        });
        var when =
            isDone ? "With the adapter"
            : adapter is null ? "Before training"
            : "Before training, with the weights that the run begins with,";
        progress.Report(
            new TrainingNote(
                FormattableString.Invariant(
                    $"{when} the trainer computes a loss of {result.Trainer:F6} on a sample, llama.cpp {result.Reference:F6}: they agree."
                )
            )
        );
    }

    private static void Train(
        TrainingLoop loop,
        CheckpointSaver saver,
        LoraRun run,
        int vocabulary,
        IProgress<TrainingProgress> progress,
        CancellationToken ct
    )
    {
        if (run.Resume && saver.TryRestore(loop))
        {
            progress.Report(new TrainingNote($"Goes on after step {loop.State.Step} of {loop.Steps}."));
        }

        loop.Limit(run.RowsAtMost, run.LengthAtMost);
        progress.Report(new TrainingStarted(loop.State.Step, loop.Steps) { Losses = [.. loop.Losses] });
        try
        {
            loop.MeasureBefore(ct);
            TellUnlikely(run, vocabulary, loop, progress);
            // Before the first step, so that a folder that cannot be written to is found out now.
            saver.Save(loop);
            while (!loop.IsDone)
            {
                loop.Advance(ct);
                saver.SaveIfDue(loop);
                if (run.Rest > TimeSpan.Zero)
                {
                    // A run that is cancelled does not rest out: the next step ends it.
                    ct.WaitHandle.WaitOne(run.Rest);
                }
            }
        }
        catch (OperationCanceledException)
        {
            saver.Save(loop);
            throw;
        }

        saver.Save(loop);
    }

    /// <summary>A random guess among all tokens has a loss of ln(vocabulary): a model that does worse was never taught such text.</summary>
    private static void TellUnlikely(LoraRun run, int vocabulary, TrainingLoop loop, IProgress<TrainingProgress> progress)
    {
        var draw = Math.Log(vocabulary);
        if (loop.State is { Step: 0, LossBefore: { } before } && before > draw)
        {
            var who = run.InitialAdapterPath is null ? "The base" : "The version that the run goes on from";
            progress.Report(
                new TrainingNote(
                    FormattableString.Invariant(
                        $"{who} finds the held-out rows less likely than random guessing would ({before:F1} nats per token, and {draw:F1}): it does not know their language or subject. It can learn such rows by heart; for more, take a base that knows them."
                    )
                )
            );
        }
    }

    private static void Finish(
        LoraRun run,
        LoraModel model,
        TrainingLoop loop,
        AdapterFacts facts,
        ParitySample sample,
        IProgress<TrainingProgress> progress,
        CancellationToken ct
    )
    {
        var candidate = run.CandidatePath;
        try
        {
            AdapterFile.Write(candidate, facts, [.. model.Parameters.Select(p => new AdapterTensor(p.Name, p.Columns, p.Rows, p.Values))]);
            CheckParity(model, sample, candidate, isDone: true, progress, ct);
            File.Move(candidate, run.AdapterPath, overwrite: true);
            if (!run.KeepsCheckpoint)
            {
                File.Delete(run.CheckpointPath);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LoraException($"The adapter could not be written: {e.Message} The checkpoint is kept: make room and resume.", e);
        }
        catch (Exception e) when (e is OutOfMemoryException or DeviceMemoryException)
        {
            throw new LoraException(
                $"Training is done, but memory ran out before llama.cpp could be asked about the adapter. {e.Message} "
                    + "The checkpoint is kept: end other programs and resume.",
                e
            );
        }
        finally
        {
            File.Delete(candidate);
        }

        if (loop.State is { BestStep: 0, LossBefore: not null })
        {
            var outcome = run.InitialAdapterPath is null ? "changes nothing" : "stays as it was";
            progress.Report(
                new TrainingNote(
                    $"No step lowered the held-out loss by more than it cost of what the model could do, so the adapter {outcome}. Try more data."
                )
            );
        }
    }

    private static LoraResult Result(LoraRun run, TrainingLoop loop, string sha256) =>
        new(
            run.AdapterPath,
            sha256,
            loop.State.Step,
            loop.Steps,
            loop.State.BestStep,
            loop.State.Strength,
            loop.State.LossBefore,
            loop.State.BestLoss,
            loop.Settings
        );

    private static AdapterFacts Facts(LoraRun run, LoraModel model, TrainingLoop loop, string sha256)
    {
        var header = GgufReader.Read(run.ModelPath);
        var shape = loop.Settings.ToShape();
        var baseName = header.Text("general.name") ?? Path.GetFileNameWithoutExtension(run.ModelPath);
        return new AdapterFacts(
            model.Architecture.Name,
            Path.GetFileNameWithoutExtension(run.AdapterPath),
            baseName,
            sha256,
            shape.Rank,
            shape.Alpha,
            loop.Settings.TargetModules,
            loop.State.LossBefore is null ? loop.State.Step : loop.State.BestStep,
            loop.State.LossBefore,
            loop.State.BestLoss,
            loop.State.Strength
        );
    }
}
