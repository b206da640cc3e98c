using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Republic.Core.Datasets.Splitting;
using Republic.Core.Llama.Native;
using Republic.Core.Lora.Checks;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;
using Republic.Core.Lora.Retention;

namespace Republic.Core.Lora.Rows;

/// <summary>The rows of a run as its model reads them, and the settings chosen for them.</summary>
internal sealed record RunRows
{
    /// <summary>More would only cost time.</summary>
    public const int MostHeldOut = 500;
    private const int ToldSizes = 20;
    private const int MostSampled = 2000;

    /// <param name="data">All that was read from the run's data.</param>
    /// <param name="heldOut">Of a file of their own; null where a share of the data is held out.</param>
    /// <param name="settings">Resolved: with nothing left to choose.</param>
    /// <param name="split">Of the data; null holds examples out by their tokens.</param>
    public RunRows(
        IReadOnlyList<TrainingExample> data,
        IReadOnlyList<TrainingExample>? heldOut,
        LoraSettings settings,
        TrainingSplit? split = null
    )
    {
        Settings = settings;
        if (heldOut is not null)
        {
            (Training, Validation) = (data, heldOut);
        }
        else
        {
            split ??= TrainingSplit.Of(data, settings.ValidationShare, settings.Seed);
            Training = [.. split.Training.Select(row => data[row])];
            Validation = [.. split.Validation.Select(row => data[row])];
        }

        Sample = new ParitySample(data);
        Sha256 = Hash(heldOut is null ? [data] : [data, heldOut]);
    }

    public IReadOnlyList<TrainingExample> Training { get; }

    public IReadOnlyList<TrainingExample> Validation { get; }

    public LoraSettings Settings { get; }

    /// <summary>Rows that are learned from, in words; some of everywhere where they are many.</summary>
    public IReadOnlyList<ChatRow> Sampled { get; private init; } = [];

    /// <summary>What the version before answers, to be learned beside them.</summary>
    public Replay Replay { get; private init; } = Replay.None;

    public ParitySample Sample { get; }

    /// <summary>Put before some of the rows that are learned; null for a model that needs none.</summary>
    public BeginToken? Begin { get; private init; }

    /// <summary>Of the tokens and marks of all rows in the order of their files, whichever of them are held out.</summary>
    public string Sha256 { get; private init; }

    public RunRows With(Replay replay) =>
        this with
        {
            Replay = replay,
            Sha256 = replay.Rows.Count == 0 ? Sha256 : Sha256 + "+" + Hash([replay.Rows, replay.Watched]),
        };

    /// <summary>The tokenizer's model is let go again before the trainer takes memory.</summary>
    /// <exception cref="LoraException">They cannot be trained on as asked; the message says why, and what to do.</exception>
    public static RunRows Read(LoraRun run, IProgress<TrainingProgress> progress)
    {
        using var model = Load(run.ModelPath);
        var asked = run.Settings with
        {
            MaxLength = Math.Min(run.Settings.MaxLength, model.ContextLength),
            Replay = run.ReplayPath is null ? 0 : run.Settings.Replay,
        };
        var data = Read(run.DataPath, model, asked.MaxLength);
        var examples = data.Examples;
        TrainingData? heldOut = null;
        if (run.HeldOutPath is { } path)
        {
            heldOut = Read(path, model, asked.MaxLength);
            RequireUsable(data, run.DataPath, "learned from", asked.MaxLength);
            RequireUsable(heldOut, path, "held out", asked.MaxLength);
            examples = Apart(data.Examples, heldOut.Examples);
        }

        var split = heldOut is null ? TrainingSplit.Of(data, asked.ValidationShare, asked.Seed) : null;
        var chosen = asked.Resolve(
            model.Parameters,
            split?.Training.Count ?? examples.Count,
            split?.Validation.Count ?? heldOut!.Examples.Count
        );
        if (!chosen.Ok)
        {
            var why = data.Problems.Count > 0 && chosen.Failure.Fields[0].Field == "data" ? $" {data.Summary(asked.MaxLength)}." : "";
            throw new LoraException(chosen.Failure.Message + why);
        }

        Tell(data, heldOut, examples.Count, chosen.Value, progress);
        Tell(split, progress);
        progress.Report(
            new TrainingNote(
                FormattableString.Invariant(
                    $"Rank {chosen.Value.Rank}, learning rate {chosen.Value.LearningRate}, at most {chosen.Value.Epochs} epochs, {run.Threads} {(run.Threads == 1 ? "thread" : "threads")}."
                )
            )
        );
        var learned = split is null
            ? data.Usable
            : [.. split.Training.Select(example => data.RowOf[example]).Distinct().Select(row => data.Usable[row])];
        return new RunRows(examples, heldOut is null ? null : [.. heldOut.Examples.Take(MostHeldOut)], chosen.Value, split)
        {
            Sampled = [.. learned.Where((_, i) => i % ((learned.Count / MostSampled) + 1) == 0)],
            Begin = BeginToken.Of(model, asked.MaxLength),
        };
    }

    private static void Tell(
        TrainingData data,
        TrainingData? heldOut,
        int learned,
        LoraSettings settings,
        IProgress<TrainingProgress> progress
    )
    {
        progress.Report(new TrainingNote($"{data.Summary(settings.MaxLength)}."));
        if (heldOut is null)
        {
            return;
        }

        var most = heldOut.Examples.Count > MostHeldOut ? $"; the first {MostHeldOut} are measured" : "";
        progress.Report(new TrainingNote($"Held out: {heldOut.Summary(settings.MaxLength)}{most}."));
        if (data.Examples.Count - learned is > 0 and var both)
        {
            progress.Report(new TrainingNote($"{both} of the rows are held out as well, word for word, and are not learned from."));
        }
    }

    private static void Tell(TrainingSplit? split, IProgress<TrainingProgress> progress)
    {
        if (split is not { HeldOutSizes.Count: > 0 })
        {
            return;
        }

        var (rows, groups) = (split.Training.Count + split.Validation.Count, split.HeldOutSizes.Count);
        progress.Report(
            new TrainingNote(
                FormattableString.Invariant(
                    $"{split.DifferentAnswers:n0} groups of nearly equal answers, {split.Groups:n0} of nearly equal questions or answers. Held out: {groups:n0} groups with {split.Validation.Count:n0} rows ({string.Join(", ", split.HeldOutSizes.Take(ToldSizes))}{(groups > ToldSizes ? ", …" : "")})."
                )
            )
        );
        if (HeldOutShare.Advice(rows, split.DifferentAnswers, split.Groups, groups) is { } advice)
        {
            progress.Report(new TrainingNote(advice));
        }
    }

    /// <summary>What a run learns by heart tells nothing about what it has learned.</summary>
    private static List<TrainingExample> Apart(IReadOnlyList<TrainingExample> data, IReadOnlyList<TrainingExample> heldOut)
    {
        var measured = heldOut.Select(Key).ToHashSet(StringComparer.Ordinal);
        var apart = data.Where(example => !measured.Contains(Key(example))).ToList();
        return apart.Count > 0
            ? apart
            : throw new LoraException(
                "Every row to be learned from is held out as well, so there is nothing to learn. Give other rows to one of the files."
            );
    }

    private static string Key(TrainingExample example) =>
        Hash([
            [example],
        ]);

    private static void RequireUsable(TrainingData data, string path, string what, int maxLength)
    {
        if (data.Examples.Count == 0)
        {
            throw new LoraException($"{path} has no usable row to be {what}: {data.Summary(maxLength)}. Add examples to it.");
        }
    }

    private static TrainingData Read(string path, LlamaModel model, int maxLength) =>
        TrainingData.Read(path, model, Math.Max(maxLength, 1));

    private static LlamaModel Load(string path)
    {
        try
        {
            return LlamaModel.Load(path);
        }
        catch (Exception e) when (e is NativeLibraryException or InvalidDataException)
        {
            throw new LoraException($"{path} cannot be loaded: {e.Message}", e);
        }
    }

    private static string Hash(IReadOnlyList<IReadOnlyList<TrainingExample>> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            // So that a row which moves from one file to the other makes another run.
            hash.AppendData(BitConverter.GetBytes(file.Count));
            foreach (var example in file)
            {
                hash.AppendData(BitConverter.GetBytes(example.Tokens.Length));
                hash.AppendData(MemoryMarshal.AsBytes(example.Tokens.AsSpan()));
                hash.AppendData(MemoryMarshal.AsBytes(example.Learned.AsSpan()));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
