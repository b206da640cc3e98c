using System.Globalization;
using Republic.Core;
using Republic.Core.Lora;

namespace Republic.Web.Cli;

/// <summary>The command line of <c>republic train</c>.</summary>
/// <param name="Threads">0 takes what suits the machine.</param>
internal sealed record TrainArguments(
    string Model,
    string Data,
    string Out,
    LoraSettings Settings,
    int Threads = 0,
    bool Resume = false,
    bool Force = false,
    int CheckpointSeconds = 30
)
{
    public const string Usage = """
        republic train --model <file or name> --data <rows.jsonl> --out <adapter.gguf> [options]

        Trains a LoRA adapter on conversations, one per line of JSON: {"messages": [{"role": …, "content": …}, …]} or
        {"prompt": …, "completion": …}. The adapter is a GGUF file for llama.cpp: republic chat --adapter <adapter.gguf>.

          --rank 16                     size of the change
          --alpha 32                    its strength, divided by the rank
          --dropout 0                   share of inputs left out while learning
          --target-modules q,k,v,o,gate,up,down
          --learning-rate               chosen for the model: 0.001 below 50 M parameters, else 0.0002
          --epochs                      chosen for the data: at most 20, about 250 steps on small sets
          --batch-size 4                rows per batch
          --gradient-accumulation 1     batches per step
          --max-length 512              tokens of a row; what is longer is cut
          --seed 1
          --early-stopping-patience 3   validations without progress before it ends; 0 never
          --weight-decay 0.01
          --warm-up-share 0.05          share of the steps in which the learning rate rises
          --clip-norm 1                 longest gradient; 0 is any
          --validation-share 0.1        share of the rows held out to measure with
          --threads                     chosen for model and machine
          --checkpoint-seconds 30       what a crash may cost
          --resume                      go on from the checkpoint beside the adapter
          --force                       replace an adapter of that name

        Ctrl+C writes a checkpoint. Exit codes: 0 done, 1 not possible, 2 wrong command line, 130 stopped.
        """;

    public static Outcome<TrainArguments> Parse(IReadOnlyList<string> args)
    {
        var read = new TrainArguments("", "", "", new LoraSettings());
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            if (name is "--resume" or "--force")
            {
                read = name == "--force" ? read with { Force = true } : read with { Resume = true };
                continue;
            }

            if (!name.StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Count)
            {
                return Failure.Invalid(name, i + 1 == args.Count ? $"{name} needs a value." : $"{name} is no option: they begin with --.");
            }

            if (read.With(name, args[++i]) is not { } next)
            {
                return Failure.Invalid(name, $"{name} {args[i]} is not understood. See republic train --help.");
            }

            read = next;
        }

        var missing = new[] { ("--model", read.Model), ("--data", read.Data), ("--out", read.Out) }.FirstOrDefault(o => o.Item2 == "");
        return missing.Item1 is not null ? Failure.Invalid(missing.Item1, $"{missing.Item1} is missing. See republic train --help.")
            : read.Settings.Validate() is { } wrong ? InWordsOfTheCommand(wrong.Fields[0])
            : read;
    }

    /// <summary>The settings' own words, in which batch_size is --batch-size.</summary>
    private static Failure InWordsOfTheCommand(FieldError error)
    {
        var option = "--" + error.Field.Replace('_', '-');
        return Failure.Invalid(option, option + error.Message[error.Field.Length..]);
    }

    private TrainArguments? With(string name, string value) =>
        name switch
        {
            "--model" => this with { Model = value },
            "--data" => this with { Data = value },
            "--out" => this with { Out = value },
            "--threads" => Whole(value) is { } number and >= 1 and <= 512 ? this with { Threads = number } : null,
            "--checkpoint-seconds" => Whole(value) is { } seconds and >= 0 ? this with { CheckpointSeconds = seconds } : null,
            _ => Setting(name, value) is { } settings ? this with { Settings = settings } : null,
        };

    /// <summary>Ranges are checked by the settings themselves; here a value only has to be a number where one is needed.</summary>
    private LoraSettings? Setting(string name, string value) =>
        name switch
        {
            "--rank" when Whole(value) is { } n => Settings with { Rank = n },
            "--alpha" when Real(value) is { } n => Settings with { Alpha = (float)n },
            "--dropout" when Real(value) is { } n => Settings with { Dropout = (float)n },
            "--target-modules" => Settings with { TargetModules = value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) },
            "--learning-rate" when Real(value) is { } n => Settings with { LearningRate = n },
            "--epochs" when Whole(value) is { } n => Settings with { Epochs = n },
            "--batch-size" when Whole(value) is { } n => Settings with { BatchSize = n },
            "--gradient-accumulation" when Whole(value) is { } n => Settings with { GradientAccumulation = n },
            "--max-length" when Whole(value) is { } n => Settings with { MaxLength = n },
            "--seed" when Whole(value) is { } n => Settings with { Seed = n },
            "--early-stopping-patience" when Whole(value) is { } n => Settings with { EarlyStoppingPatience = n },
            "--weight-decay" when Real(value) is { } n => Settings with { WeightDecay = (float)n },
            "--warm-up-share" when Real(value) is { } n => Settings with { WarmUpShare = n },
            "--clip-norm" when Real(value) is { } n => Settings with { ClipNorm = n },
            "--validation-share" when Real(value) is { } n => Settings with { ValidationShare = n },
            _ => null,
        };

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;

    private static double? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : null;
}
